import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Members, members } from '../helpers/membership.ts'
import { serviceSpec } from '../helpers/simulated-swarm.ts'
import { stage } from './harness.ts'

test('120. Refused service updates', () => {
  const swarm = stage({ nodes: { n1: {} } })
  const { api } = swarm
  const messageOf = (body: string) => (JSON.parse(body) as { message: string }).message
  api.create(serviceSpec('other', { ports: [9_000] }))
  api.create(serviceSpec('web'))
  const before = swarm.inspect('web')

  const stale = api.call('POST', `/services/web/update?version=${(before.Version?.Index ?? 0) - 1}`, before.Spec)
  assert.equal(messageOf(stale.body), 'rpc error: code = Unknown desc = update out of sequence')
  const mode = api.changeService('web', spec => ({ ...spec, Mode: { Global: {} } }))
  assert.match(messageOf(mode.body), /desc = service mode change is not allowed$/)
  const name = api.changeService('web', spec => ({ ...spec, Name: 'webb' }))
  assert.match(messageOf(name.body), /code = Unimplemented /)
  const { EndpointSpec: taken } = serviceSpec('web', { ports: [9_000] })
  const conflict = api.changeService('web', spec => ({ ...spec, ...(taken && { EndpointSpec: taken }) }))
  assert.match(
    messageOf(conflict.body),
    /code = InvalidArgument desc = port '9000' is already in use by service 'other'/,
  )
  const job = api.call('POST', '/services/create', {
    ...serviceSpec('job', { restart: { Condition: 'none' }, update: { Parallelism: 1 } }),
    Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
  })
  assert.match(messageOf(job.body), /code = InvalidArgument /)
  assert.deepEqual(swarm.inspect('web').Spec, before.Spec)

  const { EndpointSpec: free } = serviceSpec('web', { ports: [9_001] })
  assert.equal(api.changeService('web', spec => ({ ...spec, ...(free && { EndpointSpec: free }) })).status, 200)
})

test('121. Removing nodes', () => {
  const swarm = stage({ nodes: { n2: {}, n3: { status: 'unknown' } } })
  assert.equal(swarm.removeNode('n2').status, 400)
  assert.equal(swarm.removeNode('n2', true).status, 200)
  assert.equal(swarm.removeNode('n3').status, 200)
  assert.deepEqual(
    swarm.api.nodes().map(({ Description }) => Description?.Hostname),
    ['m'],
  )
})

test("122. Removed node's tasks", () => {
  const swarm = stage({
    nodes: { n1: {}, n2: { status: 'down' } },
    services: { web: { replicas: 3 } },
    tasks: ['web.1@n1 Running/Running', 'web.2@n2 Running/Running', 'web.3@n2 Running/Complete'],
  })
  const [running, lost, complete] = swarm.tasks('web').map(({ id }) => id)
  assert.equal(swarm.removeNode('n2').status, 200)
  const stateOf = (id = '') => swarm.swarm.tasks[id]?.status
  assert.equal(stateOf(running)?.state, 'running')
  assert.equal(stateOf(lost)?.state, 'orphaned')
  assert.equal(stateOf(lost)?.message, 'Task belonged to a node that has been deleted')
  assert.equal(stateOf(complete)?.state, 'complete')
})

test('127. A service spreads over managers and workers, whenever they join', () => {
  for (const order of ['before', 'after'] as const) {
    const swarm = members({ managers: 3, workers: 0, strangers: 3 })
    const create = () => swarm.create(serviceSpec('web', { replicas: 60 }))
    if (order === 'before') create()
    for (const machine of ['node4', 'node5', 'node6']) swarm.join(machine, swarm.token('worker'))
    if (order === 'after') create()
    swarm.wait(20)
    const running = swarm.tasks('web').filter(({ Status }) => Status?.State === 'running')
    assert.equal(running.length, 60, order)
    const managers = swarm.nodes().filter(({ Spec }) => Spec?.Role === 'manager')
    for (const { ID } of managers) assert.ok(running.some(({ NodeID }) => NodeID === ID))
  }
})

test('127. Demote any manager, the leader included, and promote it again', () => {
  for (const name of ['node1', 'node2', 'node3']) {
    const swarm = members({ managers: 3, workers: 1 })
    changeRole(swarm, name, 'worker')
    assert.equal(roles(swarm), '2 and 2', name)
    assert.ok(tableOf(swarm).includes(`${name} ready worker`))
    changeRole(swarm, name, 'manager')
    assert.equal(roles(swarm), '3 and 1', name)
  }
})

test('127. Promote the worker, demote it', () => {
  const swarm = members({ managers: 3, workers: 1 })
  changeRole(swarm, 'node4', 'manager')
  assert.equal(roles(swarm), '4 and 0')
  changeRole(swarm, 'node4', 'worker')
  assert.equal(roles(swarm), '3 and 1')
})

test('127. Demote the leader twice in a row', () => {
  const swarm = members({ managers: 3, workers: 1 })
  changeRole(swarm, leaderOf(swarm), 'worker')
  changeRole(swarm, leaderOf(swarm), 'worker')
  assert.equal(roles(swarm), '1 and 3')
})

test('127. Demote a manager that is switched off', () => {
  const swarm = members({ managers: 3, workers: 1 })
  swarm.strike('node3', 'kill')
  swarm.wait(20)
  changeRole(swarm, 'node3', 'worker')
  assert.ok(tableOf(swarm).includes('node3 down worker'))
  swarm.strike('node3', 'start')
  swarm.wait(15)
  assert.equal(roles(swarm), '2 and 2')
  assert.match(swarm.ask('node3', 'GET', '/nodes').text, /Worker nodes can't be used/)
})

test('127. Demote the leader, remove the worker, promote the old leader', () => {
  const swarm = members({ managers: 3, workers: 1 })
  const leader = leaderOf(swarm)
  changeRole(swarm, leader, 'worker')
  assert.equal(swarm.ask(leaderOf(swarm), 'DELETE', '/nodes/node4?force=1').status, 200)
  changeRole(swarm, leader, 'manager')
  assert.equal(roles(swarm), '3 and 0')
})

const MANAGERS = ['node1', 'node2', 'node3', 'node4']

/** Seen from whichever manager answers. */
function tableOf(swarm: Members): readonly string[] {
  const machine = MANAGERS.find(
    name => swarm.simulator.world.machines[name]?.power === 'on' && swarm.info(name).ControlAvailable,
  )
  assert.ok(machine)
  return swarm.table(machine)
}

function leaderOf(swarm: Members): string {
  const [row, ...others] = tableOf(swarm).filter(row => row.endsWith(' leader'))
  assert.ok(row !== undefined && others.length === 0)
  return row.split(' ')[0] ?? ''
}

/** Managers and workers, all of them ready. */
function roles(swarm: Members): string {
  const rows = tableOf(swarm)
  assert.ok(
    rows.every(row => row.includes(' ready ')),
    rows.join('\n'),
  )
  assert.ok(leaderOf(swarm))
  const managers = rows.filter(row => /manager (leader|reachable)$/.test(row)).length
  return `${managers} and ${rows.filter(row => row.endsWith(' worker')).length}`
}

function changeRole(swarm: Members, name: string, role: 'manager' | 'worker'): void {
  const machine = leaderOf(swarm)
  const [node] = swarm.call('GET', `/nodes?filters={"name":["${name}"]}`, undefined, machine).value as readonly {
    ID: string
    Version: { Index: number }
    Spec: object
  }[]
  assert.ok(node)
  const path = `/nodes/${node.ID}/update?version=${node.Version.Index}`
  assert.equal(swarm.ask(machine, 'POST', path, { ...node.Spec, Role: role }).status, 200)
  swarm.wait(15)
}
