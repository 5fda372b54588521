import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../../source/api/task.ts'
import { readLoad } from '../../../source/simulator/load/load.ts'
import { SCENARIO_NAMES } from '../../../source/simulator/scenarios/find-scenario.ts'
import { EPOCH_MS } from '../../helpers/simulated-swarm.ts'
import { beginStory, leaderOf, nodesIn, placement, type Story } from '../../helpers/story.ts'

const NO_LEADER = /The swarm does not have a leader/

for (const name of SCENARIO_NAMES.filter(name => name !== 'thousand-nodes')) {
  test(`${name} goes on for ten minutes, and the same way each time`, () => {
    const [one, other] = [beginStory(name), beginStory(name)]
    one.goTo(600)
    for (let second = 0; second <= 600; second += 7) other.goTo(second)
    other.goTo(600)
    assert.equal(JSON.stringify(one.simulator.world), JSON.stringify(other.simulator.world))
  })
}

test('quiet-day: the swarm has a past when it is first looked at, and all is well', () => {
  const story = beginStory('quiet-day')
  for (const name of QUIET_SERVICES) assert.ok(isComplete(story, name), `${name} ${story.replicas(name)}`)
  const ages = QUIET_SERVICES.map(name => EPOCH_MS - Date.parse(story.service(name).CreatedAt ?? ''))
  assert.ok(ages.every(ageMs => ageMs > 24 * 3_600_000))
  assert.ok(story.tasks('mailer').some(task => task.Status?.Err === 'task: non-zero exit (1)'))
})

test('quiet-day: services have a network, a secret and requests of their own', () => {
  const story = beginStory('quiet-day')
  const [swarm] = Object.values(story.simulator.world.swarms)
  const network = Object.values(swarm?.networks ?? {}).find(({ name }) => name === 'shop')
  const { ContainerSpec, Networks } = story.service('checkout').Spec?.TaskTemplate ?? {}
  assert.deepEqual(Networks, [{ Target: network?.id }])
  const [secret] = Object.values(swarm?.secrets ?? {})
  const given = ContainerSpec?.Secrets as readonly { readonly SecretID?: string }[]
  assert.deepEqual([secret?.name, given[0]?.SecretID], ['db-password', secret?.id])
  assert.deepEqual(
    readLoad(story.simulator.world).map(({ service, requestsPerSecond }) => [service, requestsPerSecond]),
    [
      ['storefront', 120],
      ['checkout', 15],
    ],
  )
})

test('quiet-day: something worth watching happens within ten seconds', () => {
  const story = beginStory('quiet-day')
  story.goTo(10)
  assert.equal(story.service('storefront').UpdateStatus?.State, 'updating')
  assert.ok(story.tasks('mailer').some(task => task.Status?.State === 'failed' && happenedSince(task, 0)))
})

test('quiet-day: a machine dies, and comes back', () => {
  const story = beginStory('quiet-day')
  story.goTo(290)
  assert.deepEqual(nodesIn('down', story.nodes()), ['node5'])
  story.goTo(400)
  assert.deepEqual(nodesIn('down', story.nodes()), [])
})

test('quiet-day: hours later it still moves, and nothing has run aground', () => {
  const story = beginStory('quiet-day')
  story.goTo(3 * 3_600)
  for (const name of QUIET_SERVICES) {
    assert.deepEqual(stillPending(story.tasks(name)), [])
    assert.notEqual(story.service(name).UpdateStatus?.State, 'paused')
  }
  assert.ok(QUIET_SERVICES.some(name => story.tasks(name).some(task => happenedSince(task, 3 * 3_600 - 300))))
})

test('lost-leader: the leader dies, for a while nobody leads, then another one does', () => {
  const story = beginStory('lost-leader')
  assert.equal(leaderOf(story.nodes()), 'node1')
  story.goTo(9)
  assert.equal(story.ask('/nodes').problem, 'pending')
  story.goTo(60)
  assert.notEqual(leaderOf(story.nodes()), 'node1')
  assert.deepEqual(nodesIn('down', story.nodes()), ['node1'])
  assert.equal(story.replicas('web').split('/')[1], '8')
  story.goTo(150)
  assert.deepEqual(nodesIn('ready', story.nodes()).length, 5)
})

test('lost-leader: it happens again and again', () => {
  const story = beginStory('lost-leader')
  const leaders: string[] = []
  for (const seconds of [5, 150, 300, 450, 600]) {
    story.goTo(seconds)
    leaders.push(leaderOf(story.nodes()))
  }
  for (const [index, leader] of leaders.entries()) {
    assert.notEqual(leader, '')
    if (index > 0) assert.notEqual(leader, leaders[index - 1])
  }
})

test('lost-quorum: one manager may die, the second takes the quorum along', () => {
  const story = beginStory('lost-quorum')
  story.goTo(40)
  assert.deepEqual(nodesIn('down', story.nodes()), ['node2'])
  story.goTo(120)
  assert.match(story.ask('/nodes').problem, NO_LEADER)
})

test('lost-quorum: all is well again when the machines are back', () => {
  const story = beginStory('lost-quorum')
  story.goTo(330)
  assert.deepEqual(nodesIn('ready', story.nodes()), ['node1', 'node2', 'node3', 'node4', 'node5'])
  assert.equal(story.replicas('web'), '8/8')
  assert.equal(story.replicas('cache'), '2/2')
})

test('crash-loop: one service is started again and again, the other one is given up', () => {
  const story = beginStory('crash-loop')
  story.goTo(90)
  const failed = story.tasks('importer').filter(({ Status: status }) => status?.Err === 'task: non-zero exit (1)')
  assert.ok(failed.length >= 9, `${failed.length} failures`)
  assert.equal(story.replicas('backup'), '0/1')
  const attempts = story.tasks('backup')
  assert.equal(attempts.length, 4)
  assert.ok(attempts.every(({ DesiredState: desired }) => desired === 'shutdown'))
})

test('crash-loop: a good version ends it', () => {
  const story = beginStory('crash-loop')
  story.goTo(330)
  assert.equal(story.replicas('importer'), '3/3')
})

test('stuck-update: an update pauses after its first failure, the other is rolled back', () => {
  const story = beginStory('stuck-update')
  story.goTo(180)
  assert.equal(story.service('web').UpdateStatus?.State, 'paused')
  assert.match(
    story.service('web').UpdateStatus?.Message ?? '',
    /^update paused due to failure or early termination of/,
  )
  assert.ok(story.tasks('web').some(({ Status: status }) => status?.Err === 'No such image: shop/web:2.0'))
  assert.equal(story.service('api').UpdateStatus?.State, 'rollback_completed')
  assert.equal(story.replicas('api'), '4/4')
})

test('stuck-update: a rollback mends it, and it happens again', () => {
  const story = beginStory('stuck-update')
  story.goTo(350)
  assert.equal(story.service('web').UpdateStatus?.State, 'rollback_completed')
  assert.equal(story.replicas('web'), '5/5')
  story.goTo(420)
  assert.equal(story.service('web').UpdateStatus?.State, 'paused')
})

test('two-zones: without the small zone the managers go on, and what can moves into the large one', () => {
  const story = beginStory('two-zones')
  assert.equal(zones(story).b, 4)
  story.goTo(115)
  assert.deepEqual(nodesIn('down', story.nodes()), ['b-manager1', 'b-worker1', 'b-worker2'])
  assert.deepEqual(zones(story), { a: 8, b: 0 })
  assert.deepEqual(stillPending(story.tasks('db')).length, 1)
})

test('two-zones: without the large zone there is no quorum, until it is back', () => {
  const story = beginStory('two-zones')
  story.goTo(230)
  assert.equal(nodesIn('ready', story.nodes()).length, 7)
  story.goTo(330)
  assert.match(story.ask('/nodes').problem, NO_LEADER)
  story.goTo(475)
  assert.equal(nodesIn('ready', story.nodes()).length, 7)
  assert.equal(zones(story).b, 4)
})

test('thousand-nodes: ten thousand tasks run, an update goes on, a machine dies', () => {
  const story = beginStory('thousand-nodes')
  assert.equal(nodesIn('ready', story.nodes()).length, 1_000)
  const running = Object.values(story.simulator.world.swarms).flatMap(({ tasks }) =>
    Object.values(tasks).filter(({ status }) => status.state === 'running'),
  )
  assert.equal(running.length, 10_000)
  story.goTo(10)
  assert.equal(story.service('service-001').UpdateStatus?.State, 'updating')
  story.goTo(45)
  assert.deepEqual(nodesIn('down', story.nodes()), ['worker-a17'])
})

const QUIET_SERVICES = ['edge-proxy', 'storefront', 'checkout', 'mailer', 'search', 'orders-db']

function isComplete(story: Story, service: string): boolean {
  const [running, wanted] = story.replicas(service).split('/')
  return running === wanted
}

function happenedSince(task: ApiTask, seconds: number): boolean {
  return Date.parse(task.Status?.Timestamp ?? '') - EPOCH_MS >= seconds * 1_000
}

function stillPending(tasks: readonly ApiTask[]): readonly ApiTask[] {
  return tasks.filter(task => task.Status?.State === 'pending' && task.DesiredState === 'running')
}

/** How many tasks of web run in each zone, by the nodes' names. */
function zones(story: Story): { readonly a: number; readonly b: number } {
  const places = placement(story.tasks('web'), story.nodes())
  return {
    a: places.filter(place => place.includes('@a-')).length,
    b: places.filter(place => place.includes('@b-')).length,
  }
}
