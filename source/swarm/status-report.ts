import { majorityOf } from '../rules/quorum.ts'
import type { Cluster, ClusterNode, ClusterService, Verdict } from './cluster.ts'
import type { Trouble, TroubleObject } from './trouble.ts'

/** What `swarmtop status --json` prints: the words are the Engine API's own, in lower case. */
export type StatusReport = {
  /** When it was read, ISO 8601. */
  readonly time: string
  readonly source: StatusSource
  readonly verdict: Verdict
  readonly quorum: {
    /** A number, as all of these are, in the report of a reading; without a leader nobody can tell all of them. */
    readonly managers: number | null
    readonly reachable: number | null
    readonly majority: number | null
    readonly canLose: number | null
    /** Its host name. */
    readonly leader: string | null
  }
  readonly nodes: readonly NodeReport[]
  readonly services: readonly ServiceReport[]
  readonly problems: readonly ProblemReport[]
  /** What is wrong, could go wrong or was forgotten, the gravest first; it changes neither the verdict nor the exit code. */
  readonly advice: readonly AdviceReport[]
}

export type StatusSource = { readonly kind: 'engine' | 'simulator'; readonly name: string }

export type NodeReport = {
  readonly hostname: string
  readonly role: string
  readonly status: string
  readonly availability: string
  /** `leader`, `reachable`, `unreachable`; `null` for what is no member of the raft. */
  readonly managerStatus: string | null
  /** Those that run and are meant to. */
  readonly tasks: number
}

export type ServiceReport = {
  readonly name: string
  readonly mode: string
  readonly running: number
  readonly desired: number
  /** The state of the last update, `null` when there was none. */
  readonly update: string | null
}

/** `object` is `quorum`, or `node w1`, or `service api`. */
export type ProblemReport = {
  readonly severity: Trouble['severity']
  readonly object: string
  readonly text: string
}

export type AdviceReport = {
  /** `node-drained`, `single-replica` …; see swarm/doctor/finding.ts. */
  readonly kind: string
  readonly severity: Trouble['severity']
  /** `id`: of a slot that of its service; null for the swarm and its managers. `note`: what is told of this one alone. */
  readonly subjects: readonly {
    readonly kind: string
    readonly id: string | null
    readonly name: string
    readonly note: string
  }[]
  readonly text: string
  readonly why: string
  /** What would help, in words, the likeliest first; and what of it a shell can do. */
  readonly helps: readonly string[]
  readonly commands: readonly string[]
}

type Occasion = { readonly source: StatusSource; readonly time: string }

/** Makes a report of a reading. `time`: when it was read, ISO 8601. */
export function reportStatus({
  cluster,
  source,
  time,
  advice,
}: Occasion & Pick<StatusReport, 'advice'> & { readonly cluster: Cluster }): StatusReport {
  const { members, reachable, majority, canLose, leader } = cluster.quorum
  return {
    time,
    source,
    verdict: cluster.verdict,
    quorum: { managers: members.length, reachable, majority, canLose, leader: leader?.name ?? null },
    nodes: cluster.nodes.map(reportNode),
    services: cluster.services.map(reportService),
    problems: cluster.troubles.map(({ severity, object, text }) => ({ severity, object: nameObject(object), text })),
    advice,
  }
}

/**
 * The report of a manager that answers and has no leader, so that there is no reading to report. `remoteManagers`: how
 * many managers its `/info` knew last, itself among them; `detail`: what it says. Either may not be known.
 */
export function reportNoLeader({
  source,
  time,
  remoteManagers = null,
  detail = '',
}: Occasion & { readonly remoteManagers?: number | null; readonly detail?: string }): StatusReport {
  const majority = remoteManagers === null ? null : majorityOf(remoteManagers)
  return {
    time,
    source,
    verdict: 'critical',
    quorum: { managers: remoteManagers, reachable: null, majority, canLose: null, leader: null },
    nodes: [],
    services: [],
    problems: [{ severity: 'critical', object: 'quorum', text: `The swarm has no leader${detail && `: ${detail}`}` }],
    advice: [],
  }
}

/** 0 healthy, 1 degraded, 2 critical, 3 when there was no reading at all. */
export function exitCodeOf(report: StatusReport | null): 0 | 1 | 2 | 3 {
  return report === null ? 3 : EXIT_CODES[report.verdict]
}

const EXIT_CODES = { healthy: 0, degraded: 1, critical: 2 } as const satisfies Record<Verdict, number>

function reportNode({ node, name, running }: ClusterNode): NodeReport {
  const { role, state, availability, manager } = node
  const managerStatus = manager?.isLeader ? 'leader' : (manager?.reachability ?? null)
  return { hostname: name, role, status: state, availability, managerStatus, tasks: running }
}

const reportService = ({ service, running, desired }: ClusterService): ServiceReport => ({
  name: service.name,
  mode: service.mode.kind,
  running,
  desired,
  update: service.update?.state ?? null,
})

const nameObject = (object: TroubleObject) => (object.kind === 'quorum' ? 'quorum' : `${object.kind} ${object.name}`)
