import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onNode, rehearseOn, sayGaps, sayMoves, sayUnplaced } from '../helpers/rehearsal-builders.ts'
import { type SimulatedSwarm, type SwarmOptions, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

type Spec = Parameters<typeof serviceSpec>[1]

test('a drained node gives its tasks to the nodes that have the fewest', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 3 } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(sayMoves(plan), [`${taskOn(swarm, 'api', 'node2')} moves node2 → node1 or node3`])
  assert.deepEqual(
    plan.gaps.map(({ lowest, desired }) => [lowest, desired]),
    [[2, 3]],
  )
  assert.deepEqual(plan.end.kind, 'converged')
})

test('a single task is down from the moment it has stopped until the next one runs', () => {
  const swarm = swarmWith({ managers: 1, workers: 1 }, { db: { replicas: 1 } })
  const [host = ''] = hostsOf(swarm, 'db')
  const seen = { startMs: startOf(swarm, 'db', 7_150), images: { redis: { pullMs: [3_000, 3_000] } } } as const
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', host)], { seen })
  assert.deepEqual(sayMoves(plan), [`db.1 moves ${host} → ${host === 'node1' ? 'node2' : 'node1'}`])
  // The other node has the image to pull, and begins while the old task still stops.
  assert.deepEqual(sayGaps(plan), ['db 0 of 1 for 9 s'])
})

test('what has nowhere else to go waits, in the words of the scheduler', () => {
  const swarm = swarmWith({ managers: 1, workers: 1 }, { db: { replicas: 1, constraints: ['node.role==worker'] } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(sayMoves(plan), ['db.1 lost node2'])
  assert.deepEqual(sayUnplaced(plan), [
    'db.1: no suitable node (1 node not available for new tasks; scheduling constraints not satisfied on 1 node)',
  ])
  assert.deepEqual(sayGaps(plan), ['db 0 of 1 for good'])
})

test('reservations keep away what there is no room for; which of several tasks waits is chance', () => {
  const swarm = swarmWith({ managers: 1, workers: 2, memoryBytes: 8e9 }, { api: { replicas: 5, memoryBytes: 3e9 } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', fullest(swarm, 'api'))])
  assert.deepEqual(plan.moves.map(({ fate }) => fate).toSorted(), ['lost', 'moves'])
  const [wait] = plan.unplaced
  assert.match(
    wait?.reason ?? '',
    /^no suitable node \(insufficient resources on 2 nodes; 1 node not available for new tasks\)$/,
  )
  assert.equal(wait?.among.length, 2)
})

test('a limit of replicas on a node leaves nothing but to wait', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 3, maxReplicasPerNode: 1 } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node3')])
  assert.deepEqual(sayUnplaced(plan), [
    `${taskOn(swarm, 'api', 'node3')}: no suitable node (max replicas per node limit exceed; 1 node not available for new tasks)`,
  ])
})

test('a port of the machine is in the way of another task with the same', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 2 })
  swarm.create({
    ...serviceSpec('proxy', { replicas: 3 }),
    EndpointSpec: {
      Mode: 'vip',
      Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }],
    },
  })
  swarm.pass(60_000)
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(sayUnplaced(plan), [
    `${taskOn(swarm, 'proxy', 'node2')}: no suitable node (host-mode port already in use on 2 nodes; 1 node not available for new tasks)`,
  ])
})

test('a placement preference says which zone a task goes to', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 4 })
  for (const [node, zone] of [
    ['node2', 'a'],
    ['node3', 'a'],
    ['node4', 'b'],
    ['node5', 'b'],
  ] as const) {
    swarm.changeNode(node, { Labels: { zone } })
  }
  swarm.changeNode('node1', { Availability: 'drain' })
  const spec = serviceSpec('web', { replicas: 4 })
  const Preferences = [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }]
  swarm.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, Placement: { Preferences } } })
  swarm.pass(60_000)
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(sayMoves(plan), [`${taskOn(swarm, 'web', 'node2')} moves node2 → node3`])
})

test('what a global service has on a drained node just ends, and a job is left alone', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { agent: { replicas: 'global' } })
  swarm.create({
    ...serviceSpec('backup', { constraints: ['node.hostname==node3'] }),
    Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
  })
  swarm.pass(30_000)
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node3')])
  assert.deepEqual(sayMoves(plan), ['agent.node3 ends node3'])
  assert.deepEqual(plan.gaps, [])
})

test('what is not restarted is lost for good', () => {
  const swarm = swarmWith({ managers: 1, workers: 1 }, { once: { replicas: 2, restart: { Condition: 'none' } } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(sayMoves(plan), [`${taskOn(swarm, 'once', 'node2')} lost node2`])
  assert.deepEqual([plan.unplaced, sayGaps(plan)], [[], ['once 1 of 2 for good']])
})

test('nothing comes back to a node that is activated, and nothing leaves one that is paused', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 4 } })
  swarm.changeNode('node3', { Availability: 'drain' })
  swarm.pass(60_000)
  for (const operation of [onNode(swarm, 'activate', 'node3'), onNode(swarm, 'pause', 'node2')]) {
    const plan = rehearseOn(swarm, [operation])
    assert.deepEqual([plan.moves, plan.unplaced, plan.gaps, plan.end.kind], [[], [], [], 'converged'])
  }
})

test('what waits for a place finds it on a node that is activated', () => {
  const swarm = swarmWith({ managers: 1, workers: 1 }, {})
  swarm.changeNode('node2', { Availability: 'drain' })
  swarm.create(serviceSpec('db', { constraints: ['node.role==worker'] }))
  swarm.create(serviceSpec('agent', { replicas: 'global' }))
  swarm.pass(60_000)
  const plan = rehearseOn(swarm, [onNode(swarm, 'activate', 'node2')])
  assert.deepEqual(sayMoves(plan), ['agent.node2 starts → node2', 'db.1 starts → node2'])
})

test('a drained manager still votes: what its absence means is told as what is during it', () => {
  const swarm = swarmWith({ managers: 3, workers: 1 }, { api: { replicas: 2 } })
  const { quorum, leader } = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(
    [quorum.before, quorum.during, quorum.after].map(({ members, canLose }) => [members, canLose]),
    [
      [3, 1],
      [3, 0],
      [3, 1],
    ],
  )
  assert.equal(leader, null)
})

test('a leader that is demoted hands over to any other manager, and bears its loss no more', () => {
  const swarm = swarmWith({ managers: 3, workers: 1 }, { api: { replicas: 2 } })
  const { quorum, leader, moves } = rehearseOn(swarm, [onNode(swarm, 'demote', 'node1')])
  assert.deepEqual([leader?.from.name, leader?.to?.map(({ name }) => name)], ['node1', ['node2', 'node3']])
  assert.deepEqual([quorum.after.members, quorum.after.canLose, moves], [2, 0, []])
})

test('a promotion makes another member, and takes a worker away from what is for workers alone', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { job: { replicas: 2, constraints: ['node.role==worker'] } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'promote', 'node2')])
  assert.deepEqual(sayMoves(plan), [`${taskOn(swarm, 'job', 'node2')} moves node2 → node3`])
  assert.deepEqual([plan.quorum.before.members, plan.quorum.after.members, plan.quorum.after.canLose], [1, 2, 0])
})

test('what the engine refuses is told in its words, and what would come after it is not done', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 3 } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'demote', 'node1'), onNode(swarm, 'drain', 'node2')])
  assert.deepEqual(
    plan.refused.map(({ operation, text }) => [operation.kind, text]),
    [['demote', 'rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm']],
  )
  assert.deepEqual(plan.moves, [])
})

test('several are done one after the other, and what moves twice is told once', () => {
  const swarm = swarmWith({ managers: 1, workers: 3 }, { api: { replicas: 4 } })
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node3'), onNode(swarm, 'drain', 'node4')])
  assert.deepEqual(
    plan.moves.map(({ fate, from }) => `${fate} ${from?.name}`),
    ['node3', 'node4']
      .map(name => `moves ${name}`)
      .toSorted(
        (one, other) =>
          Number(taskOn(swarm, 'api', one.slice(6)).slice(4)) - Number(taskOn(swarm, 'api', other.slice(6)).slice(4)),
      ),
  )
  assert.deepEqual(
    plan.moves.flatMap(({ to }) => to?.map(({ name }) => name) ?? []).filter(name => /[34]/.test(name)),
    [],
  )
})

test('a machine that is lost takes its tasks along until it is missed', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 3 } })
  const plan = rehearseOn(swarm, [], { faults: [{ kind: 'machine', machine: 'node3', action: 'poweroff' }] })
  assert.deepEqual(sayMoves(plan), [`${taskOn(swarm, 'api', 'node3')} moves node3 → node1 or node2`])
})

test('a node of the same name as a dead one is another', () => {
  const swarm = swarmWith({ managers: 1, workers: 2 }, { api: { replicas: 3 } })
  swarm.strike('node3', 'kill')
  swarm.pass(60_000)
  swarm.strike('node3', 'start')
  swarm.pass(30_000)
  swarm.begin('POST', '/swarm/leave?force=1', undefined, 'node3')
  swarm.pass(60_000)
  const { value } = swarm.call('GET', '/swarm') as { value: { JoinTokens: { Worker: string } } }
  swarm.begin(
    'POST',
    '/swarm/join',
    { RemoteAddrs: ['10.0.1.1:2377'], JoinToken: value.JoinTokens.Worker, ListenAddr: '0.0.0.0:2377' },
    'node3',
  )
  swarm.pass(30_000)
  const namesakes = swarm.nodes().filter(({ Description }) => Description?.Hostname === 'node3')
  assert.deepEqual(namesakes.map(({ Status }) => Status?.State).toSorted(), ['down', 'ready'])
  const alive = namesakes.find(({ Status }) => Status?.State === 'ready')
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node2')])
  const places = plan.moves.flatMap(({ to }) => to ?? [])
  assert.ok(places.some(({ nodeId }) => nodeId === alive?.ID))
  assert.ok(
    places.every(({ nodeId }) => !namesakes.some(({ ID, Status }) => ID === nodeId && Status?.State === 'down')),
  )
})

function swarmWith(options: SwarmOptions, services: Readonly<Record<string, Spec>>): SimulatedSwarm {
  const swarm = simulatedSwarm(options)
  for (const [name, spec] of Object.entries(services)) swarm.create(serviceSpec(name, spec))
  swarm.pass(60_000)
  return swarm
}

/** The name of the service's task on this node; the lowest where there are several. */
function taskOn(swarm: SimulatedSwarm, service: string, node: string): string {
  const id = swarm.nodes().find(({ Description }) => Description?.Hostname === node)?.ID
  const slots = swarm.tasks(service).filter(({ NodeID, DesiredState }) => NodeID === id && DesiredState === 'running')
  return `${service}.${Math.min(...slots.map(({ Slot = 0 }) => Slot))}`
}

function hostsOf(swarm: SimulatedSwarm, service: string): readonly string[] {
  const names = new Map(swarm.nodes().map(({ ID, Description }) => [ID, Description?.Hostname ?? '']))
  return swarm
    .tasks(service)
    .filter(({ DesiredState }) => DesiredState === 'running')
    .map(({ NodeID = '' }) => names.get(NodeID) ?? '')
}

function fullest(swarm: SimulatedSwarm, service: string): string {
  const hosts = hostsOf(swarm, service)
  const most = [...Map.groupBy(hosts, host => host)].toSorted(([, some], [, others]) => others.length - some.length)
  return most[0]?.[0] ?? ''
}

function startOf(swarm: SimulatedSwarm, name: string, ms: number): Readonly<Record<string, number>> {
  return { [swarm.services().find(({ Spec }) => Spec?.Name === name)?.ID ?? '']: ms }
}
