import type { ApiEvent } from '../../api/info.ts'
import type { Container, LogLoop, TimedLine } from './container.ts'
import type { ImageBehaviour } from './image.ts'
import type { LocalNetwork } from './network.ts'
import type { NodeAvailability, NodeDescription } from './node.ts'
import type { Swarm } from './swarm.ts'
import type { DesiredState, Task, TaskStatus } from './task.ts'
import type { World } from './world.ts'

/** A machine with its engine. It may be in a swarm or not; what the swarm thinks of it is in the swarm's store. */
export type Machine = {
  readonly name: string
  readonly address: string
  readonly os: string
  readonly architecture: string
  readonly nanoCpus: number
  readonly memoryBytes: number
  readonly engineId: string
  engineLabels: Readonly<Record<string, string>>
  /** What its agent tells of it, where that is more than what is said above: in copies of other swarms. */
  readonly described?: NodeDescription
  /** Booting: its socket takes calls and answers none yet. */
  power: 'on' | 'booting' | 'off'
  /** Off without a word: who asks gets no answer, not even a refusal. */
  isSilent: boolean
  /** Its network cable is out, or cut. */
  isCut: boolean
  /** Null when it is in no swarm. It is on disk: a machine that is off keeps it. */
  membership: Membership | null
  /** Left out while it does not try to join a swarm. */
  joining?: Joining
  /** Until then it takes calls and answers none: the daemon starts, and its swarm part finds the others. */
  bootsUntil: number | null
  /** Images that are here already and need no pulling. */
  images: Record<string, true>
  /** Images on their way, and when each will be here: whoever asks for one meanwhile waits for the same. */
  pulls: Record<string, number>
  /** By ID, oldest first. They are on disk: a machine that is off keeps them. */
  containers: Record<string, Container>
  /** What its agent has to say of tasks, by ID, and no leader has stored yet. */
  reports: Record<string, TaskStatus>
  /** What this node's agent is at work on, by task ID. */
  tasks: Record<string, AgentTask>
  /** Tasks that run here, and that its agent need not be at work on before it is told something new of them: in copies. */
  sleeping?: Record<string, true>
  /** What people have made here, by ID; left out: nothing. */
  networks?: Record<string, LocalNetwork>
  /** The last 256 events, which `since` replays. */
  events: ApiEvent[]
}

/** A machine's place in a swarm, as the machine itself knows it. */
export type Membership = {
  /** The key of the swarm in the world. */
  swarm: string
  nodeId: string
  state: 'pending' | 'active' | 'locked' | 'error'
  /** The part that managers have; null on a worker. */
  manager: ManagerPart | null
  /** The term of the leader that its agent has registered with; null while it looks for one. */
  session: number | null
  /** The machine's own address, when left out. */
  advertiseAddress?: string
  /** Where it is found as a manager, when it is not the usual port. */
  managerPort?: number
  /** It was a member of the raft that another manager has left behind (`--force-new-cluster`), and does not know yet. */
  isExpelled?: boolean
}

/** A machine that asks to be taken in: it is told no, or not heard, and asks again. */
export type Joining = {
  readonly serial: number
  /** Whom it asks, with port. */
  readonly remote: string
  readonly token: string
  readonly availability: NodeAvailability
  /** `''`: the machine's own. */
  readonly advertiseAddress: string
  readonly managerPort: number
  attempts: number
}

/** What a manager knows by itself; everything else it asks the leader for. */
export type ManagerPart = {
  /** False while it prepares: just promoted, or restarted and without a word from a leader. */
  isReady: boolean
  /** The leader's node ID as this manager knows it, be it right or not; `''` for none. */
  leader: string
  /** Since when it knows of none. */
  leaderlessSince: number | null
  /** The highest term it has heard of, its own campaigns included. */
  term: number
  /** How much of the log it has; null while it is in touch with the leader and has it all. */
  logEnd: number | null
  /** When it will campaign unless it hears from a leader before; null while it does hear from one. */
  electionDue: number | null
  /** When it will step down, as a leader who reaches no majority; null for all others. */
  stepDownDue: number | null
  /** The number of the last event of the swarm that it has told its listeners. */
  eventsTold: number
  /** When its connections will be there again, which a long cut has broken; null while they are. */
  reconnectsAt: number | null
  /** The store as it was when another manager was elected behind its back: what a leader that is cut off still shows. */
  stale: Swarm | null
}

/** What a container's command writes by itself, as far as it is known. */
export type Script = { readonly lines: readonly TimedLine[]; readonly loop: LogLoop | null }

/** A task as its agent knows it: the agent may be ahead of what the managers have been told, or behind. */
export type AgentTask = {
  readonly taskId: string
  /** As it was assigned. */
  readonly task: Task
  readonly behaviour: ImageBehaviour
  readonly script: Script
  readonly stopGraceMs: number
  /** Attached to an overlay or the ingress network: load balancers get two seconds to forget it. */
  readonly hasNetwork: boolean
  desired: DesiredState
  /** Its object is gone: nobody wants to hear of it any more. */
  isAbandoned: boolean
  status: TaskStatus
  /** `''` before one has been created. It may be gone from the machine. */
  containerId: string
  /** What is under way, if anything; its timer carries the same serial. */
  step: AgentStep | null
  stepSerial: number
}

export type AgentStep =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'start' }
  /** Its container runs, and the next thing that happens to it is part of the container's fate. */
  | { readonly kind: 'run' }
  /** The wait that was under way has been cancelled; the operation is tried again one second later. */
  | { readonly kind: 'retry' }
  /** Load balancers forget it, before anybody tells the container. `isIll`: nobody wants it to stop but its own health. */
  | { readonly kind: 'drain'; readonly isIll: boolean }
  /** `isKilled`: the stop grace period ends first. */
  | { readonly kind: 'stop'; readonly isIll: boolean; readonly isKilled: boolean }
  /** Its container is not where it should be, as an orderly stop of the engine leaves it. */
  | { readonly kind: 'miss' }
  /** Load balancers forget it once more, before what is left of its container is removed. */
  | { readonly kind: 'remove' }

/** What a manager knows that has just joined, or been started: nothing. */
export function newManagerPart(known: Partial<ManagerPart> = {}): ManagerPart {
  return {
    isReady: true,
    leader: '',
    leaderlessSince: null,
    term: 0,
    logEnd: null,
    electionDue: null,
    stepDownDue: null,
    eventsTold: 0,
    reconnectsAt: null,
    stale: null,
    ...known,
  }
}

/** The machine that a node stands for; undefined once it has left, whatever the node's entry says. */
export function machineOfNode(world: World, swarm: Swarm, nodeId: string): Machine | undefined {
  const hostname = swarm.nodes[nodeId]?.description.hostname
  if (hostname === undefined) return undefined
  const machine = world.machines[world.namesakes?.[nodeId] ?? hostname]
  if (machine !== undefined && isNode(machine, swarm, nodeId)) return machine
  return hostname === '' ? Object.values(world.machines).find(other => isNode(other, swarm, nodeId)) : undefined
}

/** Which machine a new node is, its agent has not told anybody yet. */
function isNode({ membership }: Machine, swarm: Swarm, nodeId: string): boolean {
  return membership?.swarm === swarm.key && membership.nodeId === nodeId
}

/** The swarm that a machine is in. */
export function swarmOf(world: World, machine: Machine): Swarm | undefined {
  return world.swarms[machine.membership?.swarm ?? '']
}
