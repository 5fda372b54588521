/* What the engine and what it was built with say of themselves, the same on all simulated machines. */

export const KERNEL = '6.12.0-simulated'

/** What it was made from, as `/info` names them. */
export const COMMITS = {
  ContainerdCommit: '05044ec0a9a75232cad458027ca83437aae3f4da',
  RuncCommit: 'v1.2.5-0-g59923ef',
  InitCommit: 'de40ad0',
}
