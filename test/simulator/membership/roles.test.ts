import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../helpers/membership.ts'

test('a promoted worker wants to manage at once, and does a second later', () => {
  const swarm = members({ managers: 1, workers: 1 })
  const events = swarm.listen('/events?filters={"type":["node"]}')
  assert.equal(swarm.changeNode('node2', { Role: 'manager' }).status, 200)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready manager'])
  swarm.wait(0.6)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready manager reachable'])
  const { status, text } = swarm.ask('node2', 'GET', '/nodes')
  const preparing = 'Manager is being prepared or has trouble connecting to the cluster.'
  assert.deepEqual([status, text], [503, `This node is not a swarm manager. ${preparing}`])
  assert.equal(swarm.info('node2').ControlAvailable, false)
  swarm.wait(0.5)
  assert.equal(swarm.info('node2').ControlAvailable, true)
  assert.deepEqual(swarm.table('node2'), swarm.table('node1'))
  assert.deepEqual(changes(events().events), ['bare', 'worker→manager', 'bare', 'bare'])
})

test('a demoted manager is out of the raft at once, and a worker a second later', () => {
  const swarm = members({ managers: 3, workers: 0 })
  const events = swarm.listen('/events?filters={"type":["node"]}')
  assert.equal(swarm.changeNode('node3', { Role: 'worker' }).status, 200)
  assert.equal(swarm.table()[2], 'node3 ready worker')
  assert.equal(swarm.info('node1').Managers, 2)
  assert.match(swarm.ask('node3', 'GET', '/nodes').text, /code = Unavailable .*control\.sock: connect: no such file/)
  const { ControlAvailable, Error: problem, Cluster, Nodes } = swarm.info('node3')
  assert.deepEqual([ControlAvailable, Cluster?.ID, Nodes], [true, '', undefined])
  assert.match(problem ?? '', /^rpc error: code = Unavailable .*control\.sock/)
  swarm.wait(1)
  assert.match(swarm.ask('node3', 'GET', '/nodes').text, /Worker nodes can't be used/)
  const seen = ['bare', 'bare', 'manager→worker', 'bare', 'bare', 'bare', 'bare']
  assert.deepEqual(changes(events().events), seen)
})

test('a role that changed just before the network went is taken on when the network is back', () => {
  for (const [role, expected] of [
    ['manager', 'node4 ready manager reachable'],
    ['worker', 'node4 ready worker'],
  ] as const) {
    const swarm = members({ managers: role === 'manager' ? 3 : 4, workers: 1 })
    assert.equal(swarm.changeNode('node4', { Role: role }).status, 200)
    swarm.wait(0.2)
    swarm.simulator.inject({ kind: 'machine', machine: 'node4', action: 'cut' })
    swarm.wait(3)
    swarm.simulator.inject({ kind: 'machine', machine: 'node4', action: 'heal' })
    swarm.wait(60)
    assert.equal(swarm.table()[3], expected)
    const { status } = swarm.ask('node4', 'GET', '/nodes')
    assert.equal(status, role === 'manager' ? 200 : 503)
    if (role === 'worker') assert.match(swarm.ask('node4', 'GET', '/nodes').text, /Worker nodes can't be used/)
  }
})

test('a leader that is demoted hands over, and all nodes pass through unknown', () => {
  const swarm = members({ managers: 3, workers: 1 })
  swarm.changeNode('node1', { Role: 'worker' })
  swarm.wait(0.3)
  assert.equal(swarm.table('node2').filter(row => row.endsWith('leader')).length, 1)
  assert.ok(swarm.table('node2').some(row => row.includes('unknown')))
  swarm.wait(10)
  assert.deepEqual(swarm.table('node2'), [
    'node1 ready worker',
    'node2 ready manager leader',
    'node3 ready manager reachable',
    'node4 ready worker',
  ])
  assert.match(swarm.ask('node1', 'GET', '/nodes').text, /Worker nodes can't be used/)
})

test('demotions that would cost the quorum, or the swarm, are refused', () => {
  const guard = "FailedPrecondition desc = can't remove member from the raft: this would result in a loss of quorum"
  const cases = [
    {
      managers: 1,
      dead: [],
      demoted: 'node1',
      refusal: 'FailedPrecondition desc = attempting to demote the last manager of the swarm',
    },
    { managers: 2, dead: [], demoted: 'node2', refusal: null },
    { managers: 3, dead: ['node3'], demoted: 'node2', refusal: guard },
    { managers: 3, dead: ['node3'], demoted: 'node3', refusal: null },
    { managers: 4, dead: ['node4'], demoted: 'node2', refusal: null },
    { managers: 5, dead: ['node4', 'node5'], demoted: 'node2', refusal: guard },
    { managers: 5, dead: ['node4', 'node5'], demoted: 'node5', refusal: null },
  ]
  for (const { managers, dead, demoted, refusal } of cases) {
    const swarm = members({ managers, workers: 0 })
    for (const machine of dead) swarm.strike(machine, 'kill')
    swarm.wait(5)
    const { status, body } = swarm.changeNode(demoted, { Role: 'worker' })
    const expected = refusal === null ? [200, ''] : [400, `{"message":"rpc error: code = ${refusal}"}\n`]
    assert.deepEqual([status, body], expected, `${managers} managers, ${dead.length} dead, ${demoted} demoted`)
  }
})

test('a manager that has not joined the raft yet cannot be demoted', () => {
  const swarm = members({ managers: 1, workers: 1 })
  swarm.strike('node2', 'kill')
  swarm.changeNode('node2', { Role: 'manager' })
  const { status, body } = swarm.changeNode('node2', { Role: 'worker' })
  const text = "rpc error: code = NotFound desc = can't find manager in raft memberlist"
  assert.deepEqual([status, JSON.parse(body).message], [404, text])
})

test('machines that are off get their role when they are back', () => {
  const swarm = members({ managers: 3, workers: 1 })
  swarm.strike('node3', 'kill')
  swarm.strike('node4', 'kill')
  swarm.wait(20)
  swarm.changeNode('node3', { Role: 'worker' })
  swarm.changeNode('node4', { Role: 'manager' })
  swarm.wait(2)
  assert.deepEqual(swarm.table().slice(2), ['node3 down worker', 'node4 down manager'])
  swarm.strike('node3', 'start')
  swarm.strike('node4', 'start')
  swarm.wait(15)
  assert.deepEqual(swarm.table().slice(2), ['node3 ready worker', 'node4 ready manager reachable'])
  assert.equal(swarm.info('node3').ControlAvailable, false)
  assert.equal(swarm.info('node4').ControlAvailable, true)
})

test('two managers are warned of', () => {
  const swarm = members({ managers: 2, workers: 1 })
  const info = swarm.call('GET', '/info').value as { readonly Warnings: readonly string[] }
  assert.match(info.Warnings[0] ?? '', /^WARNING: Running Swarm in a two-manager configuration\..*\n {9}no fault/)
  assert.deepEqual(swarm.info('node2').Warnings, info.Warnings)
  assert.equal(swarm.info('node3').Warnings, undefined)
  assert.equal(swarm.info('node3').RemoteManagers?.length, 2)
})

test('an update unsays the membership of a node', () => {
  const swarm = members({ managers: 1, workers: 1 })
  const accepted = () => (swarm.call('GET', '/nodes?filters={"membership":["accepted"]}').value as []).length
  assert.equal(accepted(), 2)
  swarm.changeNode('node2', { Availability: 'drain' })
  assert.equal(accepted(), 1)
})

type Event = { readonly Actor?: { readonly Attributes?: Readonly<Record<string, string>> } }

function changes(events: readonly Event[]): readonly string[] {
  return events.map(({ Actor }) => {
    const { 'role.old': before, 'role.new': after } = Actor?.Attributes ?? {}
    return after === undefined ? 'bare' : `${before}→${after}`
  })
}
