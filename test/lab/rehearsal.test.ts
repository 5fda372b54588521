import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiTask } from '../../source/api/task.ts'
import type { NodeSwitch, Operation } from '../../source/operations/operation.ts'
import { type Lab, startLab } from './lab.ts'
import { isAtRest } from './reality/at-rest.ts'
import { type Performance, type Piece, rehearseAndDo } from './reality/rehearse-and-do.ts'
import { engineOf, readNow, watchSwarm } from './reality/sights.ts'
import { sayPerformance } from './reality/table.ts'

/**
 * Plans laid beside what five real engines then did. Each test takes the swarm as the one before has left it. Moves,
 * places, the scheduler's reasons and the ends of updates have to be as planned; how long services were down is told
 * alone, to a file too where `SWARMTOP_REHEARSALS` names one.
 */
let lab: Lab
/** To look up by what nodes and services are called. */
let swarm: ApiReading

before(async () => {
  lab = await startLab({ engines: 5 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  for (const [name, zone] of ZONES) await docker('node', 'update', '--label-add', `zone=${zone}`, name)
  await createServices()
})

after(() => lab.down())

const ZONES = [
  ['node1', 'a'],
  ['node2', 'a'],
  ['node3', 'a'],
  ['node4', 'b'],
  ['node5', 'b'],
] as const

/** `HALF`: of a node's memory, and a little more, so that two of them have no room beside each other. */
const SERVICES: Readonly<Record<string, string>> = {
  room: '--replicas 5',
  pinned: '--replicas 2 --constraint node.labels.zone==b',
  spread: '--replicas 4 --placement-pref spread=node.labels.zone --update-order start-first',
  capped: '--replicas 5 --replicas-max-per-node 1 --update-order start-first',
  heavy: '--replicas 2 --constraint node.role==worker --reserve-memory HALF',
  light: '--replicas 2 --constraint node.role==worker --reserve-memory 8MiB',
  every: '--mode global',
  single: '--constraint node.hostname==node5',
  once: '--replicas 2 --constraint node.labels.zone==b --restart-condition none',
  pausing: '--replicas 2',
  continuing: '--replicas 2 --update-failure-action continue',
  reverting: '--replicas 2 --update-failure-action rollback',
}

rehearsal(
  'drain of a worker, with room and without',
  () => ({ operations: [on('drain', 'node5')] }),
  ({ plan }) => {
    const [light, pinned, spread] = ['light', 'pinned', 'spread'].map(name => {
      return plan.moves.filter(({ service }) => service === name).map(({ to }) => to?.map(node => node.name))
    })
    assert.deepEqual([light, pinned, spread], Array(3).fill([['node4']]), 'chance has no part in these')
  },
)
rehearsal('a worker is active again', () => ({ operations: [on('activate', 'node5')] }))
rehearsal('drain of a manager', () => ({ operations: [on('drain', 'node2')] }))
rehearsal('a manager is active again', () => ({ operations: [on('activate', 'node2')] }))
rehearsal('drain of the leader', () => ({ operations: [on('drain', 'node1')] }))
rehearsal('the leader is active again', () => ({ operations: [on('activate', 'node1')] }))
rehearsal('drain of both workers', () => ({ operations: [on('drain', 'node4'), on('drain', 'node5')] }))
rehearsal('both are active again', () => ({ operations: [on('activate', 'node4'), on('activate', 'node5')] }))
rehearsal('promotion of a worker', () => ({ operations: [on('promote', 'node4')] }))
rehearsal('its demotion', () => ({ operations: [on('demote', 'node4')], forMs: ROLE_MS }))
rehearsal('demotion of the leader', () => ({ operations: [on('demote', 'node1')], forMs: ROLE_MS }))
rehearsal('its promotion', () => ({ operations: [on('promote', 'node1')] }))
rehearsal('force update, stop-first', () => ({ operations: [ofService('force-update', 'pinned')] }))
rehearsal('force update, start-first', () => ({ operations: [ofService('force-update', 'spread')] }))
rehearsal('scale up', () => ({ operations: [scale('room', 8)] }))
rehearsal('scale down', () => ({ operations: [scale('room', 3)] }))
rehearsal('scale up beyond what can be reserved', () => ({ operations: [scale('heavy', 3)] }))
failing('pausing', 'swarmtop-lab:nowhere', 'paused')
failing('continuing', 'swarmtop-lab:bad', 'completed')
failing('reverting', 'swarmtop-lab:nowhere', 'rollback_completed')
rehearsal('loss of a worker', () => ({
  fault: { machine: 'node5', action: 'poweroff' },
  until: reading => isAtRest(reading) && reading.nodes.some(({ Status }) => Status?.State === 'down'),
}))
// Two tasks of `heavy` wait by then, and there is room for one: which, is chance.
rehearsal('its return', () => ({
  fault: { machine: 'node5', action: 'start' },
  byLot: ['heavy'],
  until: reading => isAtRest(reading) && reading.nodes.every(({ Status }) => Status?.State === 'ready'),
}))
rehearsal('removal of a service', () => ({ operations: [ofService('remove-service', 'spread')] }))
rehearsal('force update, start-first, that finds no place', () => ({
  operations: [ofService('force-update', 'capped')],
  byLot: ['capped'],
  until: ({ tasks }) =>
    tasks.some(({ ServiceID, Status }) => ServiceID === idOf('capped') && Status?.Err !== undefined),
}))

/** Managers look every five seconds whether a node is what it is meant to be, and no API tells what it is. */
const ROLE_MS = 6_000

function rehearsal(
  name: string,
  piece: () => Omit<Piece, 'name'>,
  check: (performance: Performance) => void = () => {},
): void {
  test(name, async t => {
    const performance = await rehearseAndDo(lab, 'node3', { name, ...piece() })
    const line = sayPerformance(performance)
    t.diagnostic(line)
    const file = process.env.SWARMTOP_REHEARSALS
    if (file !== undefined) appendFileSync(file, `${line}\n`)
    assert.deepEqual(performance.comparison.differences, [])
    check(performance)
  })
}

/**
 * Its tasks would begin anew for ever, so the service goes afterwards. Each runs for a moment before it fails, and the two
 * are compared when none does.
 */
function failing(service: string, image: string, end: string): void {
  const hasEnded = ({ services }: ApiReading): boolean =>
    services.some(({ ID, UpdateStatus }) => ID === idOf(service) && UpdateStatus?.State === end)
  const isUp = ({ ServiceID, Spec, Status }: ApiTask): boolean =>
    ServiceID === idOf(service) && Spec?.ContainerSpec?.Image === image && Status?.State === 'running'
  rehearsal(`an image that fails, ${service}`, () => ({
    operations: [{ kind: 'change-image', serviceId: idOf(service), name: service, image }],
    byLot: [service],
    until: reading => hasEnded(reading) && !reading.tasks.some(isUp),
  }))
  test(`${service} goes`, async () => {
    await docker('service', 'rm', service)
  })
}

function on(kind: NodeSwitch['kind'], name: string): Operation {
  const node = swarm.nodes.find(({ Description }) => Description?.Hostname === name)
  return { kind, nodeId: node?.ID ?? '', name }
}

function ofService(kind: 'force-update' | 'remove-service', name: string): Operation {
  return { kind, serviceId: idOf(name), name }
}

function scale(name: string, replicas: number): Operation {
  return { kind: 'scale', serviceId: idOf(name), name, replicas }
}

function idOf(service: string): string {
  return swarm.services.find(({ Spec }) => Spec?.Name === service)?.ID ?? ''
}

/** A few at a time, so that they take not much longer to start than they do later. */
const AT_A_TIME = 4

async function createServices(): Promise<void> {
  const engine = engineOf(lab, 'node3')
  const watch = watchSwarm(engine)
  const { nodes } = await readNow(engine)
  const half = Math.floor(0.6 * (nodes[0]?.Description?.Resources?.MemoryBytes ?? 0))
  const pace = ['--restart-delay', '1s', '--update-monitor', '1s', '--stop-grace-period', '2s']
  const create = ['service', 'create', '--no-resolve-image', '--detach', ...pace]
  for (const [index, [name, options]] of Object.entries(SERVICES).entries()) {
    const words = options.replace('HALF', `${half}b`).split(' ')
    await docker(...create, '--name', name, ...words, 'swarmtop-lab:1')
    if ((index + 1) % AT_A_TIME === 0) await watch.until('all tasks to run', isAtRest)
  }
  await watch.until('all tasks to run', isComplete)
  swarm = await readNow(engine)
  await watch.stop()
  engine.close()
}

function isComplete(reading: ApiReading): boolean {
  const served = new Set(reading.tasks.map(({ ServiceID }) => ServiceID))
  return isAtRest(reading) && Object.keys(SERVICES).length === served.size
}

function docker(...words: readonly string[]): Promise<string> {
  return lab.docker('node2', ...words)
}
