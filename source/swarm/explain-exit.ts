/**
 * What an exit code tells, `''` when it tells nothing: 128 + n is an end by signal n, 126 and 127 come from a shell
 * or the container runtime. `error` is the task's own; a container that is stopped for its health is no riddle.
 */
export function explainExit(exitCode: number | null, error: string): string {
  if (exitCode === null || error.includes('unhealthy')) return ''
  return EXITS.get(exitCode) ?? ''
}

const EXITS: ReadonlyMap<number, string> = new Map([
  [126, 'the command cannot be executed'],
  [127, 'the command was not found'],
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [131, 'SIGQUIT'],
  [132, 'SIGILL, an instruction that this CPU does not know'],
  [134, 'SIGABRT, it aborted itself'],
  [135, 'SIGBUS'],
  [136, 'SIGFPE'],
  [137, 'killed (SIGKILL), often out of memory'],
  [139, 'segmentation fault (SIGSEGV)'],
  [141, 'SIGPIPE'],
  [143, 'told to stop (SIGTERM)'],
  [255, 'often a machine that went away under it'],
])
