import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('a machine lists its own containers, as docker ps wants them', () => {
  const swarm = twoServices()
  const [task] = swarm.tasks('web')
  const [item] = list(swarm, `filters=${JSON.stringify({ name: ['web'] })}`)
  assert.match(item?.Id ?? '', /^[0-9a-f]{64}$/)
  assert.match(item?.ImageID ?? '', /^sha256:[0-9a-f]{64}$/)
  assert.deepEqual(
    { ...item, Id: '', ImageID: '' },
    {
      Id: '',
      Names: [`/web.1.${task?.ID}`],
      Image: 'image:1',
      ImageID: '',
      Command: 'ping docker.com',
      Created: item?.Created,
      Ports: [],
      Labels: {
        'com.docker.swarm.node.id': task?.NodeID,
        'com.docker.swarm.service.id': task?.ServiceID,
        'com.docker.swarm.service.name': 'web',
        'com.docker.swarm.task': '',
        'com.docker.swarm.task.id': task?.ID,
        'com.docker.swarm.task.name': `web.1.${task?.ID}`,
      },
      State: 'running',
      Status: 'Up 4 seconds',
      HostConfig: { NetworkMode: 'bridge' },
      NetworkSettings: item?.NetworkSettings,
      Mounts: [],
    },
  )
})

test('of each of its networks all is said that an engine says', () => {
  const [item] = list(twoServices(), '') as readonly { readonly NetworkSettings: { readonly Networks: object } }[]
  const [[name, settings] = []] = Object.entries(item?.NetworkSettings.Networks ?? {})
  assert.equal(name, 'bridge')
  assert.deepEqual(settings, {
    ...{ IPAMConfig: null, Links: null, Aliases: null, MacAddress: '', DriverOpts: null, GwPriority: 0, NetworkID: '' },
    ...{ EndpointID: '', Gateway: '', IPAddress: '', IPPrefixLen: 0 },
    ...{ IPv6Gateway: '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0, DNSNames: null },
  })
})

test('filters, all and limit choose among them', () => {
  const swarm = twoServices()
  const names = (query: string) => list(swarm, query).map(({ Names: [name = ''] }) => name.split('.')[0])
  const filters = (value: object) => `filters=${encodeURIComponent(JSON.stringify(value))}`
  assert.deepEqual(names(''), ['/web'])
  assert.deepEqual(names('all=1').toSorted(), ['/bad', '/web'])
  assert.equal(names('limit=1').length, 1)
  assert.deepEqual(names(filters({ status: ['exited'] })), ['/bad'])
  assert.deepEqual(names(filters({ exited: { 3: true } })), ['/bad'])
  assert.deepEqual(names(`all=1&${filters({ label: ['com.docker.swarm.service.name=bad'] })}`), ['/bad'])
  assert.deepEqual(names(`all=1&${filters({ ancestor: ['image'] })}`).length, 2)
  assert.deepEqual(swarm.call('GET', `/containers/json?${filters({ status: ['foo'] })}`).value, {
    message: "invalid filter 'status=foo'",
  })
})

test('info counts them, and a container goes with the object of its task', () => {
  const swarm = twoServices()
  const counts = () => {
    const info = swarm.call('GET', '/info').value as Readonly<Record<string, number>>
    return [info.Containers, info.ContainersRunning, info.ContainersStopped, info.Images]
  }
  assert.deepEqual(counts(), [2, 1, 1, 1])
  swarm.call('DELETE', '/services/bad')
  swarm.pass(5_000)
  assert.deepEqual(counts(), [1, 1, 0, 1])
  swarm.call('DELETE', '/services/web')
  swarm.pass(20_000)
  assert.deepEqual(counts(), [0, 0, 0, 1])
  assert.deepEqual(Object.keys(swarm.simulator.world.machines.node1?.tasks ?? {}), [])
})

test('a container on a network is left for two more seconds when its task’s object has gone', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: {} } })
  const own = (service: string) => list(swarm, `all=1&filters={"name":["${service}"]}`).map(({ State }) => State)
  swarm.create(serviceSpec('published', { image: 'image:1', ports: [80] }))
  swarm.create(serviceSpec('plain', { image: 'image:1' }))
  swarm.pass(3_000)
  swarm.call('DELETE', '/services/published')
  swarm.call('DELETE', '/services/plain')
  while (own('published')[0] === 'running') swarm.pass(50)
  assert.deepEqual([own('published'), own('plain')], [['exited'], []])
  swarm.pass(2_000)
  assert.deepEqual([own('published'), own('plain')], [['exited'], []])
  swarm.pass(500)
  assert.deepEqual([own('published'), own('plain')], [[], []])
})

test('who is killed, stopped or removed behind the swarm’s back has ended, and is replaced', () => {
  const cases = [
    ['POST', 'kill', 'task: non-zero exit (137)', 'failed'],
    ['POST', 'kill?signal=SIGTERM', undefined, 'complete'],
    ['POST', 'stop?t=1', undefined, 'complete'],
    ['DELETE', '?force=1', 'task: non-zero exit (137)', 'failed'],
  ] as const
  for (const [method, order, error, state] of cases) {
    const swarm = twoServices()
    const [{ ID = '' } = {}] = swarm.tasks('web')
    const path = `/containers/web.1.${ID}${order.startsWith('?') ? order : `/${order}`}`
    assert.equal(swarm.call(method, path).status, 204)
    swarm.pass(1_000)
    const [ended] = swarm.tasks('web').filter(task => task.ID === ID)
    assert.deepEqual([ended?.Status?.State, ended?.Status?.Err], [state, error], order)
    swarm.pass(10_000)
    assert.equal(swarm.tasks('web').filter(({ Status }) => Status?.State === 'running').length, 1, order)
  }
})

test('refusals are the engine’s own', () => {
  const swarm = twoServices()
  const [web, bad] = ['web', 'bad'].map(name =>
    list(swarm, 'all=1').find(({ Names }) => Names[0]?.startsWith(`/${name}`)),
  )
  const cases = [
    ['GET', '/containers/nosuch/json', 404, 'No such container: nosuch'],
    [
      'POST',
      `/containers/${bad?.Id}/kill`,
      409,
      `cannot kill container: ${bad?.Id}: container ${bad?.Id} is not running`,
    ],
    ['POST', `/containers/${web?.Id}/kill?signal=FOO`, 400, 'invalid signal: FOO'],
    [
      'DELETE',
      `/containers/${web?.Id.slice(0, 12)}`,
      409,
      `cannot remove container "${web?.Names[0]}": container is running: stop the container before removing or force remove`,
    ],
  ] as const
  for (const [method, path, status, message] of cases) {
    const answer = swarm.call(method, path)
    assert.deepEqual([answer.status, answer.value], [status, { message }])
  }
  assert.equal(swarm.call('POST', `/containers/${bad?.Id}/stop`).status, 304)
})

test('listeners on the machine hear of its containers, and nobody else does', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: { stopMs: 'ignores-signal' } } })
  const filter = `filters=${encodeURIComponent('{"scope":["local"]}')}`
  const [there, here] = [swarm.listen(`/events?${filter}`, 'node2'), swarm.listen(`/events?${filter}`)]
  swarm.create(serviceSpec('web', { image: 'image:1', constraints: ['node.role==worker'], ports: [8080] }))
  swarm.pass(5_000)
  swarm.call('DELETE', '/services/web')
  swarm.pass(20_000)
  const said = there().events.map(({ Type, Action, Actor }) => {
    const { exitCode, signal, name = '' } = Actor?.Attributes ?? {}
    return [Type, Action, name.split('.')[0], exitCode ?? signal].filter(word => word !== undefined).join(' ')
  })
  assert.deepEqual(said, [
    'image pull image',
    'container create web',
    'network connect ingress',
    'container start web',
    'container kill web 15',
    'container kill web 9',
    'network disconnect ingress',
    'container stop web',
    'container die web 137',
    'container destroy web',
  ])
  assert.deepEqual(here().events, [])
})

type Item = {
  readonly Id: string
  readonly ImageID: string
  readonly Names: readonly string[]
  readonly Created: number
  readonly State: string
  readonly NetworkSettings: unknown
}

function list(swarm: SimulatedSwarm, query: string): readonly Item[] {
  return swarm.call('GET', `/containers/json?${query}`).value as readonly Item[]
}

/** One task that runs, and one that has failed; on one node. */
function twoServices(): SimulatedSwarm {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: { said: ['stopMs'] } } })
  const web = serviceSpec('web', { image: 'image:1' })
  const container = { ...web.TaskTemplate?.ContainerSpec, Args: ['ping', 'docker.com'] }
  swarm.create({ ...web, TaskTemplate: { ...web.TaskTemplate, ContainerSpec: container } })
  const crash = { 'swarmtop.sim.exit-after': '1s', 'swarmtop.sim.exit-code': '3' }
  swarm.create({ ...serviceSpec('bad', { image: 'image:1', restart: { Condition: 'none' } }), Labels: crash })
  swarm.pass(5_000)
  return swarm
}
