import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schedule } from '../../source/simulator/scheduler/scheduler.ts'
import { tasksOfNode, tasksOfService, transact } from '../../source/simulator/world/store.ts'
import { type ServiceOptions, type Stage, stage } from './harness.ts'

const MB = 1e6
const GB = 1e9
const FIVE = { n1: {}, n2: {}, n3: {}, n4: {}, n5: {} }

test('91. Spread over five nodes', () => {
  const swarm = stage({ nodes: FIVE })
  swarm.create('service1', { replicas: 18 })
  swarm.pass(2)
  const first = swarm.runningOn('service1')
  assert.deepEqual(Object.values(first).toSorted(), [3, 3, 4, 4, 4])
  const light = Object.keys(first).filter(name => first[name] === 3)

  swarm.create('service2', { replicas: 2 })
  swarm.pass(2)
  assert.deepEqual(Object.keys(swarm.runningOn('service2')).toSorted(), light.toSorted())

  swarm.update('service1', { replicas: 21 })
  swarm.pass(2)
  const third = swarm.runningOn('service1')
  assert.deepEqual(Object.values(third).toSorted(), [4, 4, 4, 4, 5])
  for (const name of light) assert.equal(third[name], 4)
  const heavy = Object.keys(third).find(name => third[name] === 5) ?? ''

  swarm.update('service2', { replicas: 3 })
  swarm.pass(2)
  const fourth = Object.keys(swarm.runningOn('service2')).find(name => !light.includes(name))
  assert.ok(fourth !== undefined && fourth !== heavy)

  vanish(swarm, 'n1')
  swarm.update('service1', { replicas: 4 + count(swarm, 'service1') })
  swarm.update('service2', { replicas: 2 + count(swarm, 'service2') })
  swarm.pass(2)
  assert.equal(swarm.runningOn('service1').n1, 4)
  assert.equal(swarm.runningOn('service2').n1, 1)
})

test('92. A placement preference spreads over its branches first', () => {
  const [az1, az2] = [{ labels: { az: 'az1' } }, { labels: { az: 'az2' } }]
  const swarm = stage({ nodes: { n1: az1, n2: az2, n3: az2, n4: az2, n5: az2 } })
  swarm.create('web', { replicas: 8, spreadOver: ['node.labels.az'] })
  swarm.pass(2)
  assert.deepEqual(swarm.runningOn('web'), { n1: 4, n2: 1, n3: 1, n4: 1, n5: 1 })
})

test('93. Two preferences, where one branch has not room enough', () => {
  const node = (az: string, rack: string, memoryBytes: number, apples: number) => ({
    labels: { az, rack },
    memoryBytes,
    description: { genericResources: [{ DiscreteResourceSpec: { Kind: 'apple', Value: apples } }] },
  })
  const swarm = stage({
    nodes: {
      n0: node('az1', 'rack1', 100 * MB, 1),
      n1: node('az1', 'rack1', GB, 10),
      n2: node('az2', 'rack1', GB, 6),
      n3: node('az2', 'rack1', GB, 6),
      n4: node('az2', 'rack1', GB, 6),
      n5: node('az2', 'rack2', GB, 6),
      n6: node('az2', 'rack2', GB, 6),
    },
  })
  swarm.create('web', {
    replicas: 12,
    spreadOver: ['node.labels.az', 'node.labels.rack'],
    reserve: {
      memoryBytes: 200 * MB,
      GenericResources: [{ DiscreteResourceSpec: { Kind: 'apple', Value: 2 } }],
    },
  })
  swarm.pass(2)
  const { n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0, n6 = 0 } = swarm.runningOn('web')
  assert.deepEqual([n0, n1], [0, 5])
  const [rack1, rack2] = [n2 + n3 + n4, n5 + n6]
  assert.deepEqual([rack1, rack2].toSorted(), [3, 4])
  assert.deepEqual([n2, n3, n4].toSorted(), rack1 === 4 ? [1, 1, 2] : [1, 1, 1])
  assert.deepEqual([n5, n6].toSorted(), rack2 === 4 ? [2, 2] : [1, 2])
  assert.deepEqual(swarm.find('web.1').claims, [{ DiscreteResourceSpec: { Kind: 'apple', Value: 2 } }])
})

test('94. Scaling up a tree that is out of balance', () => {
  const at = (az: string, rack: string) => ({ labels: { az, rack } })
  const swarm = stage({
    nodes: { n11: at('dc1', 'r1'), n12: at('dc1', 'r2'), n21: at('dc2', 'r1') },
    services: { web: { replicas: 7, spreadOver: ['node.labels.az', 'node.labels.rack'] } },
    tasks: ['n11', 'n11', 'n11', 'n12', 'n21', 'n21', 'n21'].map((node, at) => `web.${at + 1}@${node} Running/Running`),
  })
  swarm.startLeader()
  swarm.update('web', { replicas: 9 })
  swarm.pass(2)
  const { n11 = 0, n12 = 0, n21 = 0 } = swarm.runningOn('web')
  assert.deepEqual([n11, n12 + n21], [3, 6])
})

test('95. No nodes at all', () => {
  const swarm = stage({ nodes: { n1: { joins: 'later' } }, services: { web: {} } })
  // Without a node there is no leader either; as in the original, the scheduler works alone for once.
  const { nodes } = swarm.swarm
  swarm.swarm.nodes = {}
  swarm.insert('web.1 Running/Pending')
  swarm.pass(1)
  schedule(swarm.simulator.world, swarm.swarm)
  swarm.expect('web', ['web.1 Running/Pending "no suitable node"'])
  swarm.swarm.nodes = nodes
  swarm.join('n1')
  swarm.pass(0.2)
  assert.equal(swarm.find('web.1@n1').status.error, '')
})

test('96. A node on which a service keeps failing comes last for it', () => {
  const swarm = faultyNode()
  assert.deepEqual(attempts(swarm, 8, 1), ['n2', 'n2', 'n2', 'n2', 'n2', 'n1', 'n1', 'n1'])
})

test('97. Failures are counted for a spec version: a new one begins anew', () => {
  const swarm = faultyNode()
  assert.deepEqual(attempts(swarm, 6, 1), ['n2', 'n2', 'n2', 'n2', 'n2', 'n1'])
  swarm.swarm.services[swarm.service('svc').id] = { ...swarm.service('svc'), specVersion: 2 }
  assert.deepEqual(attempts(swarm, 6, 2), ['n2', 'n2', 'n2', 'n2', 'n2', 'n1'])
})

test('98. The explanation, word for word', () => {
  const swarm = stage({
    leader: 'n1',
    nodes: {
      n1: { memoryBytes: GB },
      n2: { memoryBytes: 2 * GB, status: 'unknown' },
      n3: { memoryBytes: 2 * GB, status: 'unknown' },
      n4: { memoryBytes: 8 * GB, joins: 'later' },
    },
  })
  swarm.create('web', { reserve: { memoryBytes: 2 * GB } })
  swarm.pass(1)
  swarm.expect('web', [
    'web.1 Running/Pending "no suitable node (2 nodes not available for new tasks; insufficient resources on 1 node)"',
  ])
  swarm.join('n4')
  swarm.pass(0.2)
  assert.equal(swarm.find('web.1@n4').status.error, '')
})

test('99. Resources come before spreading', () => {
  const swarm = stage({
    nodes: { n1: { memoryBytes: GB }, n2: { memoryBytes: 100 * GB } },
    services: { web: { replicas: 4, reserve: { memoryBytes: 500 * MB } } },
    tasks: ['n1', 'n2', 'n2', 'n2'].map((node, at) => `web.${at + 1}@${node} Running/Running`),
  })
  swarm.startLeader()
  swarm.update('web', { replicas: 6 })
  swarm.pass(2)
  assert.deepEqual(swarm.runningOn('web'), { n1: 2, n2: 4 })
})

test('100. Tasks that have ended free what they held', () => {
  const swarm = stage({ leader: 'n1', nodes: { n1: { memoryBytes: GB } } })
  swarm.create('first', { reserve: { memoryBytes: 800 * MB }, restart: { condition: 'none' } })
  swarm.pass(1)
  swarm.create('second', { reserve: { memoryBytes: 800 * MB } })
  swarm.pass(1)
  swarm.expect('second', ['second.1 Running/Pending "no suitable node (insufficient resources on 1 node)"'])
  swarm.fail('first.1')
  swarm.pass(1)
  swarm.expect('second', ['second.1@n1 Running/Running'])
})

test('100. A task that had ended before the leader started never counts', () => {
  const swarm = stage({
    leader: 'n1',
    nodes: { n1: { memoryBytes: GB } },
    services: { web: { reserve: { memoryBytes: 800 * MB }, restart: { condition: 'none' } } },
    tasks: ['web.1@n1 Shutdown/Shutdown', 'web.1 Running/Pending'],
  })
  swarm.startLeader()
  swarm.pass(1)
  assert.equal(swarm.find('web.1@n1', 'running').desired, 'running')
})

test('101. Platforms', () => {
  const placed = (platforms: NonNullable<ServiceOptions['platforms']>) => {
    const swarm = stage({
      leader: 'n1',
      nodes: {
        n1: { description: { os: 'linux', architecture: 'x86_64' } },
        n2: { description: { os: 'windows', architecture: 'amd64' } },
        n3: { description: { os: '', architecture: '' } },
      },
    })
    swarm.create('web', { platforms })
    swarm.pass(0.2)
    const [task] = swarm.tasks('web')
    return task?.nodeId === '' ? task.status.error : swarm.swarm.nodes[task?.nodeId ?? '']?.description.hostname
  }
  assert.equal(placed([{ OS: 'linux', Architecture: 'amd64' }]), 'n1')
  assert.equal(placed([{ OS: 'linux', Architecture: 'arm' }]), 'no suitable node (unsupported platform on 3 nodes)')
  assert.ok(['n1', 'n2', 'n3'].includes(placed([]) ?? ''))
  assert.equal(placed([{ OS: 'linux' }]), 'n1')
  const either = placed([
    { OS: 'linux', Architecture: 'amd64' },
    { OS: 'windows', Architecture: 'x86_64' },
  ])
  assert.ok(either === 'n1' || either === 'n2')
})

test('104. A pending task of a service that has been removed is never placed', () => {
  const swarm = stage({ nodes: { n1: {}, n2: { joins: 'later', description: { os: 'windows' } } } })
  swarm.create('web', { platforms: [{ OS: 'windows' }] })
  swarm.pass(1)
  assert.deepEqual(swarm.rows('web'), ['web.1 Running/Pending'])
  swarm.remove('web')
  swarm.pass(1)
  swarm.join('n2')
  swarm.pass(10)
  assert.deepEqual(swarm.rows('web'), [])
})

test('106. Plugins', () => {
  const node = (...names: readonly string[]) => ({
    description: {
      plugins: [
        { Type: 'Log', Name: 'default' },
        ...names.map(name => ({ Type: name.slice(0, 1) === 'L' ? 'Log' : 'Volume', Name: name.slice(2) })),
        ...names.filter(name => name.startsWith('N:')).map(name => ({ Type: 'Network', Name: name.slice(2) })),
      ],
    },
  })
  const volume = (driver: string, target: string) => ({
    Type: 'volume',
    Source: target,
    Target: `/${target}`,
    VolumeOptions: { DriverConfig: { Name: driver } },
  })
  const swarm = stage({
    leader: 'n1',
    nodes: {
      n1: node('V:P1'),
      n2: { ...node('V:P1', 'V:P2'), joins: 'later' },
      n3: { ...node('V:P1', 'N:P1'), joins: 'later' },
      n4: { ...node('L:L1'), joins: 'later' },
    },
  })
  const networkId = 'network'.padEnd(25, '0')
  const ingress = Object.values(swarm.swarm.networks)[0]
  assert.ok(ingress)
  swarm.swarm.networks[networkId] = { ...ingress, id: networkId, name: 'p1', driver: 'P1', isIngress: false }

  swarm.create('bind', { container: { Mounts: [{ Type: 'bind', Source: '/src', Target: '/a' }] } })
  swarm.create('one', { container: { Mounts: [volume('P1', 'a')] } })
  swarm.create('both', { container: { Mounts: [volume('P1', 'a'), volume('P2', 'b')] } })
  swarm.pass(1)
  swarm.expect('bind', ['bind.1@n1 Running/Running'])
  swarm.expect('one', ['one.1@n1 Running/Running'])
  swarm.expect('both', ['both.1 Running/Pending "no suitable node (missing plugin on 1 node)"'])
  swarm.join('n2')
  swarm.pass(1)
  swarm.expect('both', ['both.1@n2 Running/Running'])

  swarm.create('net', {
    container: { Mounts: [volume('P1', 'a')] },
    template: { Networks: [{ Target: networkId }] },
  })
  swarm.pass(1)
  swarm.expect('net', ['net.1 Running/Pending "no suitable node (missing plugin on 2 nodes)"'])
  swarm.join('n3')
  swarm.pass(4)
  swarm.expect('net', ['net.1@n3 Running/Running'])

  swarm.create('logs', { template: { LogDriver: { Name: 'L1' } } })
  swarm.create('quiet', { template: { LogDriver: { Name: 'none' } } })
  swarm.pass(1)
  swarm.expect('logs', ['logs.1 Running/Pending "no suitable node (missing plugin on 3 nodes)"'])
  swarm.expect('quiet', ['quiet.1@* Running/Running'])
  swarm.join('n4')
  swarm.pass(1)
  swarm.expect('logs', ['logs.1@n4 Running/Running'])
})

test('107. Ports that a task takes on its node itself', () => {
  const port = (Protocol: string) => ({ Protocol, TargetPort: 58, PublishedPort: 58, PublishMode: 'host' })
  const swarm = stage({ nodes: { n1: { joins: 'later' }, n2: { joins: 'later' } } })
  swarm.create('a', { ports: [port('tcp')] })
  swarm.create('b', { ports: [port('udp')] })
  swarm.pass(1)
  assert.deepEqual([...swarm.rows('a'), ...swarm.rows('b')], ['a.1 Running/Pending', 'b.1 Running/Pending'])
  swarm.join('n1')
  swarm.join('n2')
  swarm.pass(1)
  swarm.expect('a', ['a.1@* Running/Running'])
  swarm.expect('b', ['b.1@* Running/Running'])

  swarm.create('c', { ports: [port('tcp'), port('udp')] })
  swarm.pass(1)
  const [task] = swarm.tasks('c')
  assert.equal(task?.nodeId, '')
  // The spare manager is one more node, and it is drained.
  const places = new Set([swarm.find('a.1').nodeId, swarm.find('b.1').nodeId])
  if (places.size === 2) {
    const text = 'host-mode port already in use on 2 nodes; 1 node not available for new tasks'
    assert.equal(task?.status.error, `no suitable node (${text})`)
  }
})

test('108. At most so many replicas a node', () => {
  const swarm = stage({ leader: 'n1', nodes: { n1: {}, n2: {}, n3: { joins: 'later' } } })
  swarm.create('web', { replicas: 3, maxPerNode: 1 })
  swarm.pass(1)
  assert.deepEqual(swarm.runningOn('web'), { n1: 1, n2: 1 })
  const waiting = swarm.tasks('web').find(task => task.nodeId === '')
  assert.equal(waiting?.status.error, 'no suitable node (max replicas per node limit exceed)')
  swarm.join('n3')
  swarm.pass(1)
  assert.deepEqual(swarm.runningOn('web'), { n1: 1, n2: 1, n3: 1 })
})

test('110. A task that needs a cluster volume waits for one', () => {
  const swarm = stage({ nodes: { n1: {} } })
  const container = { Mounts: [{ Type: 'cluster', Source: 'group:disks', Target: '/data' }] }
  swarm.create('web', { container })
  swarm.create('glb', { mode: 'global', container })
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Running/Pending "cannot fulfill requested CSI volume mounts on 1 node"'])
  assert.deepEqual(swarm.rows('web'), ['web.1 Running/Pending'])

  const id = addVolume(swarm)
  swarm.pass(1)
  swarm.expect('web', ['web.1@n1 Running/Running'])
  swarm.expect('glb', ['glb@n1 Running/Running'])
  const attached = [{ id, source: 'group:disks', target: '/data' }]
  assert.deepEqual([swarm.find('web.1').volumes, swarm.find('glb@n1').volumes], [attached, attached])
})

function count(swarm: Stage, service: string): number {
  return Object.values(swarm.runningOn(service)).reduce((sum, tasks) => sum + tasks, 0)
}

/** All tasks of a node are gone, and nobody is meant to replace them. */
function vanish({ simulator, swarm, api }: Stage, name: string): void {
  const node = Object.values(swarm.nodes).find(({ description }) => description.hostname === name)
  const gone = tasksOfNode(swarm, node?.id ?? '')
  transact(simulator.world, swarm, transaction => {
    for (const task of gone) transaction.removeTask(task.id)
    for (const service of Object.values(swarm.services)) {
      const Replicas = tasksOfService(swarm, service.id).length
      transaction.updateService(service.id, { spec: { ...service.spec, Mode: { Replicated: { Replicas } } } })
    }
  })
  api.pass(0)
  api.nodes()
}

/** One replica runs on n1 already, none on n2; what is added is not restarted. */
function faultyNode(): Stage {
  const swarm = stage({
    nodes: { n1: {}, n2: {} },
    services: { svc: { restart: { condition: 'none' }, specVersion: 1 } },
    tasks: ['svc.1@n1 Running/Running'],
  })
  swarm.startLeader()
  return swarm
}

/** One replica more, which fails where it lands; so many times. */
function attempts(swarm: Stage, times: number, specVersion: number): readonly string[] {
  return Array.from({ length: times }, () => {
    const slot = swarm.tasks('svc').length + 1
    swarm.insert({ row: `svc.${slot} Running/Pending`, specVersion })
    swarm.pass(1)
    const { nodeId } = swarm.find(`svc.${slot}`, 'running')
    swarm.fail(`svc.${slot}`)
    return swarm.swarm.nodes[nodeId]?.description.hostname ?? ''
  })
}

function addVolume({ simulator, swarm, api }: Stage): string {
  const id = 'volume'.padEnd(25, '0')
  const volume = { id, name: 'disk1', group: 'disks', driver: 'csi', labels: {} }
  transact(simulator.world, swarm, transaction =>
    transaction.create('volume', { ...volume, availability: 'active', scope: 'multi', sharing: 'all' }),
  )
  api.nodes()
  return id
}
