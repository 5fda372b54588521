import type { ApiMachine } from '../api/simulation.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import { danger, info } from './consequence.ts'
import type { Question } from './operation.ts'
import { quoteForShell } from './quote-for-shell.ts'
import { sayTolerance, toleranceOf } from './tolerance.ts'

/** What a person may have happen to a machine of a simulation: no engine is asked for it, and no spec is changed. */
export type Fault = {
  readonly kind: 'fault'
  readonly action: MachineAction
  /** The node that the machine is in the swarm. */
  readonly nodeId: string
  readonly machine: string
}

/**
 * What is asked before a machine goes without which there is no quorum; `null` where nothing need be asked, since what is
 * simulated is soon mended. `machines`: as the simulation knows them, since a swarm sees late that one is gone.
 * `directory`: where the simulation has its sockets.
 */
export function askBeforeFault(
  fault: Fault,
  known: { readonly cluster: Cluster; readonly machines: readonly ApiMachine[]; readonly directory: string },
): Question | null {
  const { cluster, machines, directory } = known
  const mend = MENDS[fault.action]
  const { members } = cluster.quorum
  const present = members.filter(member => member.isReachable && isInTouch(member, cluster, machines))
  if (mend === undefined || !present.some(({ nodeId }) => nodeId === fault.nodeId)) return null
  const after = toleranceOf(members.length, present.length - 1)
  if (toleranceOf(members.length, present.length).canLose < 0 || after.canLose >= 0) return null
  return {
    wish: fault,
    title: `${TITLES[fault.action]} ${fault.machine}?`,
    consequences: [
      danger(`This loses the quorum: ${sayTolerance(after)}; what runs goes on, and nothing is changed or replaced`),
      info(`It is a simulation: ${mend}`),
    ],
    commands: [`swarmtop machine ${fault.action} ${quoteForShell(fault.machine)} --listen ${quoteForShell(directory)}`],
    confirmation: { kind: 'enter' },
  }
}

/** A machine that the simulation does not name is as the swarm says it is. */
function isInTouch({ nodeId }: QuorumMember, cluster: Cluster, machines: readonly ApiMachine[]): boolean {
  const hostname = cluster.nodeById.get(nodeId)?.node.hostname
  const machine = machines.find(({ name }) => name === hostname)
  return machine === undefined || (machine.power === 'on' && !machine.isCut)
}

/** How to undo what takes a machine away. */
const MENDS: Readonly<Partial<Record<MachineAction, string>>> = {
  kill: 'S starts the machine again',
  poweroff: 'S starts the machine again',
  stop: 'S starts the machine again',
  cut: 'X heals the network again',
}

const TITLES: Readonly<Record<MachineAction, string>> = {
  kill: 'Kill the machine',
  poweroff: 'Power off the machine',
  stop: 'Stop the machine',
  start: 'Start the machine',
  cut: 'Cut the network of',
  heal: 'Heal the network of',
}
