import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, type StageOptions, stage } from './harness.ts'

/*
 * Cases of section L: what was seen of the real components running together. The restart delay is 1 s, and a container
 * stops 1.1 s after it has been told to. What a report takes until it is stored, 0.1 s, and an order until it has
 * reached its agent, another 0.1 s, comes on top here: the components that these figures were taken from had neither.
 */
const RESTART = { delay: 1 }

const nodes = (...names: readonly string[]) => Object.fromEntries(names.map(name => [name, {}]))

describe('Nodes', () => {
  /** One replica a node. */
  const spread = (options: StageOptions, delay = 1): Stage => {
    const swarm = stage(options)
    swarm.create('web', { replicas: Object.keys(options.nodes ?? {}).length, restart: { delay } })
    swarm.pass(2)
    return swarm
  }
  const slotOn = (swarm: Stage, node: string) => {
    const task = swarm.tasks('web').find(({ nodeId }) => nodeId === swarm.idOf(node))
    assert.ok(task)
    return `web.${task.slot}`
  }

  test('L1. Node down and back', () => {
    const swarm = spread({ nodes: nodes('n1', 'n2', 'n3') })
    const slot = slotOn(swarm, 'n1')
    const at = (state: string) => swarm.rows('web').filter(row => row.startsWith(slot) && row.endsWith(state))
    swarm.node('n1', { status: 'down' })
    assert.deepEqual(at('Shutdown/Running'), [`${slot}@n1 Shutdown/Running`])
    assert.equal(at(' Ready/Pending').length, 1)
    swarm.pass(0.06)
    assert.equal(at(' Ready/Assigned').length, 1)
    swarm.pass(0.24)
    assert.equal(at(' Ready/Ready').length, 1)
    swarm.pass(0.69)
    assert.equal(swarm.find(slot).desired, 'ready')
    swarm.pass(0.01)
    assert.equal(swarm.find(slot).desired, 'running')
    swarm.pass(1)
    assert.equal(swarm.replicas('web'), '4/3')
    swarm.pass(1)
    swarm.node('n1', { status: 'ready' })
    assert.deepEqual(at('@n1 Shutdown/Running'), [`${slot}@n1 Shutdown/Running`])
    swarm.pass(1.4)
    assert.deepEqual(at('@n1 Shutdown/Shutdown'), [`${slot}@n1 Shutdown/Shutdown`])
    assert.equal(swarm.replicas('web'), '3/3')
    swarm.pass(10)
    assert.equal(swarm.runningOn('web').n1, undefined)
  })

  test('L2. Node back inside the delay', () => {
    const swarm = spread({ nodes: nodes('n1', 'n2') }, 3)
    const slot = slotOn(swarm, 'n1')
    swarm.node('n1', { status: 'down' })
    swarm.pass(1)
    swarm.node('n1', { status: 'ready' })
    swarm.pass(1.9)
    assert.equal(swarm.replicas('web'), '1/2')
    assert.equal(swarm.find(slot).desired, 'ready')
    swarm.pass(0.6)
    assert.deepEqual(swarm.runningOn('web'), { n2: 2 })
  })

  test('L4. All nodes drained', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2'), leader: 'n1' })
    swarm.create('web', { replicas: 2, restart: RESTART })
    swarm.pass(2)
    swarm.node('n1', { availability: 'drain' })
    swarm.node('n2', { availability: 'drain' })
    swarm.pass(1.4)
    assert.equal(swarm.replicas('web'), '0/2')
    const pending = '*/Pending "no suitable node (2 nodes not available for new tasks)"'
    swarm.expect('web', [`web.1 ${pending}`, 'web.1@* */Shutdown', `web.2 ${pending}`, 'web.2@* */Shutdown'])
    swarm.pass(1.6)
    swarm.node('n2', { availability: 'active' })
    swarm.pass(0.1)
    swarm.expect('web', ['web.1@n2 */*', 'web.1@* */Shutdown', 'web.2@n2 */*', 'web.2@* */Shutdown'])
    swarm.node('n1', { availability: 'active' })
    swarm.pass(20)
    assert.deepEqual(swarm.runningOn('web'), { n2: 2 })
  })

  test('L6. Removing nodes', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3') })
    swarm.create('web', { replicas: 3, restart: RESTART })
    swarm.create('glb', { mode: 'global' })
    swarm.pass(2)
    const first = slotOn(swarm, 'n1')
    assert.match(swarm.removeNode('n1').body, /is not down and can't be removed/)
    swarm.node('n1', { status: 'down' })
    swarm.pass(3)
    assert.equal(swarm.removeNode('n1').status, 200)
    const orphan = swarm.tasks('web').find(({ status }) => status.state === 'orphaned')
    assert.equal(orphan?.desired, 'shutdown')
    assert.equal(orphan?.status.message, 'Task belonged to a node that has been deleted')
    assert.equal(`web.${orphan?.slot}`, first)
    assert.deepEqual(Object.keys(swarm.runningOn('glb')), ['n2', 'n3'])

    const second = swarm.tasks('web').filter(({ nodeId }) => nodeId === swarm.idOf('n2'))
    assert.equal(swarm.removeNode('n2', true).status, 200)
    for (const { id, slot } of second) {
      const row = swarm.tasks('web').find(task => task.id === id)
      assert.equal(`${row?.desired} ${row?.status.state}`, 'shutdown orphaned')
      assert.equal(swarm.find(`web.${slot}`).desired, 'ready')
    }
    swarm.expect('glb', ['glb@n3 Running/Running'])
    swarm.pass(0.9)
    assert.ok(second.every(({ slot }) => swarm.find(`web.${slot}`).desired === 'ready'))
    swarm.pass(1)
    assert.deepEqual(swarm.runningOn('web'), { n3: 3 })
  })

  test('L7. Service removed while a node is down', () => {
    const swarm = spread({ nodes: nodes('n1', 'n2') })
    swarm.node('n1', { status: 'down' })
    swarm.pass(5)
    swarm.remove('web')
    swarm.pass(1.8)
    swarm.expect('web', ['web.*@n1 Remove/Running'])
    swarm.pass(1.2)
    swarm.node('n1', { status: 'ready' })
    swarm.expect('web', ['web.*@n1 Remove/Running'])
    swarm.pass(1.4)
    swarm.expect('web', ['web.*@n1 Remove/Shutdown'])
    swarm.pass(0.25)
    swarm.expect('web', [])
  })

  test('L8. Unknown node and global services', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2') })
    swarm.create('old', { mode: 'global' })
    swarm.pass(2)
    swarm.node('n1', { status: 'unknown' })
    swarm.create('glb', { mode: 'global' })
    swarm.pass(2)
    swarm.expect('glb', ['glb@n1 Running/Pending "1 node not available for new tasks"', 'glb@n2 Running/Running'])
    assert.equal(swarm.replicas('glb'), '1/2')
    swarm.expect('old', ['old@n1 Running/Running', 'old@n2 Running/Running'])
    swarm.node('n1', { status: 'ready' })
    swarm.pass(1)
    assert.equal(swarm.replicas('glb'), '2/2')
  })
})

describe('Slots and history', () => {
  test('L9. Scale up while scaling down', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2'), images: { v: { stopMs: [3_000, 3_000] } } })
    swarm.create('web', { replicas: 4, restart: RESTART })
    swarm.pass(2)
    swarm.update('web', { replicas: 2 })
    swarm.pass(0.5)
    assert.equal(swarm.replicas('web'), '4/2')
    const stopping = swarm.tasks('web').filter(({ desired }) => desired === 'remove')
    assert.deepEqual(
      stopping.map(({ slot }) => slot),
      [3, 4],
    )
    swarm.update('web', { replicas: 3 })
    swarm.expect('web', [
      'web.1@* Running/Running',
      'web.2@* Running/Running',
      'web.3* Running/*',
      'web.3@* Remove/Running',
    ])
    swarm.pass(3.4)
    swarm.expect('web', ['web.1@* */*', 'web.2@* */*', 'web.3@* Running/Running', 'web.3@* Remove/Running'])
    swarm.pass(0.7)
    swarm.expect('web', ['web.1@* */*', 'web.2@* */*', 'web.3@* Running/Running'])
  })

  test('L11. Exhausted attempts', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2') })
    swarm.fates('v:1', Array(20).fill('fails'))
    swarm.create('web', { replicas: 1, restart: { ...RESTART, attempts: 2 } })
    swarm.pass(20)
    swarm.expect('web', Array(3).fill('web.1@* Shutdown/Failed'))
    swarm.update('web', { replicas: 2 })
    swarm.pass(20)
    swarm.expect('web', [...Array(3).fill('web.1@* Shutdown/Failed'), ...Array(3).fill('web.2@* Shutdown/Failed')])
  })

  const FAILING = { v: { exit: { chance: 1, afterMs: [500, 500], code: 1 } } } as const

  const looping = (): Stage => {
    const swarm = stage({ nodes: nodes('n1'), images: FAILING })
    swarm.create('web', { replicas: 1, restart: RESTART })
    return swarm
  }

  test('L12. Crash loop at limit 5', () => {
    const swarm = looping()
    const [first] = swarm.tasks('web')
    swarm.passUntil(() => swarm.tasks('web').length === 6)
    assert.ok(swarm.tasks('web').some(({ id }) => id === first?.id))
    swarm.pass(0.25)
    assert.ok(swarm.tasks('web').every(({ id }) => id !== first?.id))
    swarm.pass(30)
    swarm.passUntil(() => swarm.find('web.1').status.state === 'running')
    swarm.expect('web', ['web.1@n1 Running/Running', ...Array(4).fill('web.1@n1 Shutdown/Failed')])
  })

  test('L13. The limit is lowered', () => {
    const swarm = looping()
    swarm.pass(30)
    swarm.image('v', {})
    swarm.pass(3)
    swarm.expect('web', ['web.1@n1 Running/Running', ...Array(4).fill('web.1@n1 Shutdown/Failed')])
    swarm.limitHistory(1)
    swarm.pass(10)
    assert.equal(swarm.tasks('web').length, 5)
    swarm.force('web')
    swarm.pass(0.26)
    swarm.expect('web', ['web.1@n1 Ready/*', 'web.1@n1 Shutdown/Running'])
    swarm.pass(1.5)
    swarm.expect('web', ['web.1@n1 Running/Running'])
  })

  test('L13. Max attempts above the limit', () => {
    const swarm = stage({ nodes: nodes('n1'), images: FAILING })
    swarm.create('web', { replicas: 1, restart: { ...RESTART, attempts: 9 } })
    swarm.pass(60)
    swarm.expect('web', Array(10).fill('web.1@n1 Shutdown/Failed'))
  })
})

describe('Jobs', () => {
  test('L14. Jobs ignore drain and down', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3') })
    swarm.create('job', { job: { concurrent: 3, total: 3 } })
    swarm.create('gjob', { mode: 'global-job' })
    swarm.pass(2)
    const before = swarm.rows('job')
    assert.deepEqual(swarm.runningOn('job'), { n1: 1, n2: 1, n3: 1 })
    swarm.node('n1', { availability: 'drain' })
    swarm.node('n2', { status: 'down' })
    swarm.pass(10)
    assert.deepEqual(swarm.rows('job'), before)
    assert.equal(swarm.replicas('job'), '3/3')
    swarm.expect('gjob', ['gjob@n1 Complete/Running', 'gjob@n2 Complete/Running', 'gjob@n3 Complete/Running'])
    swarm.finish('gjob@n3')
    swarm.expect('gjob', ['gjob@n1 Shutdown/Running', 'gjob@n2 Shutdown/Running', 'gjob@n3 Complete/Complete'])
  })

  test('L16. Global job and max attempts', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2'), images: { v: { exit: { chance: 1, afterMs: [0, 0], code: 1 } } } })
    const restart = { condition: 'on-failure', attempts: 2, delay: 0.1 } as const
    swarm.create('gjob', { mode: 'global-job', restart })
    swarm.create('job', { job: { concurrent: 1, total: 1 }, restart })
    swarm.pass(6)
    assert.ok(swarm.tasks('gjob').length > 24)
    swarm.expect('job', Array(3).fill('job.0@* Shutdown/Failed'))
  })

  test('L18. Node removed from under jobs', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3') })
    swarm.create('job', { job: { concurrent: 3, total: 3 }, restart: RESTART })
    swarm.create('gjob', { mode: 'global-job', restart: RESTART })
    swarm.pass(2)
    swarm.node('n1', { status: 'down' })
    swarm.pass(10)
    assert.equal(swarm.tasks('job').length + swarm.tasks('gjob').length, 6)
    const removed = swarm.idOf('n1')
    assert.equal(swarm.removeNode('n1').status, 200)
    const slot = swarm.tasks('job').find(({ status }) => status.state === 'orphaned')?.slot
    assert.equal(swarm.find(`job.${slot}`).desired, 'ready')
    swarm.pass(1)
    assert.equal(swarm.find(`job.${slot}`).desired, 'complete')
    swarm.pass(1)
    for (const { id } of swarm.tasks('job').filter(({ status }) => status.state === 'running')) swarm.finishTask(id)
    for (const { id } of swarm.tasks('gjob').filter(({ status }) => status.state === 'running')) swarm.finishTask(id)
    swarm.pass(10)
    assert.deepEqual(swarm.counts('job'), { running: 0, desired: 3, completed: 3 })
    assert.deepEqual(swarm.counts('gjob'), { running: 0, desired: 1, completed: 2 })
    const stuck = swarm.tasks('gjob').find(({ status }) => status.state === 'pending')
    assert.deepEqual([stuck?.nodeId, stuck?.status.error], [removed, ''])
  })

  test('L19. Removing a job half done', () => {
    const swarm = stage({ nodes: nodes('n1') })
    swarm.fates('v:1', ['finishes', 'finishes', 'runs', 'runs'])
    swarm.create('job', { job: { concurrent: 2, total: 5 } })
    swarm.pass(3)
    swarm.remove('job')
    assert.ok(swarm.tasks('job').every(({ desired }) => desired === 'remove'))
    assert.equal(swarm.tasks('job').length, 4)
    swarm.pass(0.26)
    swarm.expect('job', ['job.2@n1 Remove/Running', 'job.3@n1 Remove/Running'])
    swarm.pass(1.14)
    swarm.expect('job', ['job.2@n1 Remove/Shutdown', 'job.3@n1 Remove/Shutdown'])
    swarm.pass(0.26)
    swarm.expect('job', [])
  })
})

describe('Failures and updates', () => {
  const CRASHING = { i2: { exit: { chance: 1, afterMs: [100, 100], code: 1 } } } as const
  const imagesOf = (swarm: Stage) =>
    swarm
      .tasks('web')
      .flatMap(({ desired, status, spec }) =>
        desired === 'running' && status.state === 'running' ? [spec.ContainerSpec?.Image] : [],
      )

  test('L20. Bad image from the start', () => {
    const swarm = stage({ nodes: nodes('n1'), images: { x: { isMissing: true } } })
    swarm.create('web', { image: 'x', replicas: 1, restart: RESTART })
    swarm.passUntil(() => swarm.tasks('web').length === 2)
    swarm.expect('web', ['web.1 Ready/*', 'web.1@n1 Shutdown/Rejected "No such image: x*"'])
    swarm.pass(0.4)
    swarm.expect('web', ['web.1@n1 Ready/Rejected', 'web.1@n1 Shutdown/Rejected'])
    swarm.pass(0.5)
    swarm.expect('web', ['web.1@n1 Ready/Rejected', 'web.1@n1 Shutdown/Rejected'])
    swarm.pass(0.1)
    swarm.expect('web', ['web.1* Ready/*', 'web.1@n1 Shutdown/Rejected', 'web.1@n1 Shutdown/Rejected'])
    swarm.pass(1)
    assert.equal(swarm.tasks('web').length, 4)
  })

  const failing = (rollback?: 'pause' | 'rollback'): Stage => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3'), images: CRASHING })
    swarm.create('web', {
      image: 'i1',
      replicas: 3,
      restart: RESTART,
      update: { action: 'rollback' },
      ...(rollback !== undefined && { rollback: { action: rollback } }),
    })
    swarm.pass(2)
    return swarm
  }

  test('L23. Automatic rollback, defaults', () => {
    const swarm = failing()
    const before = swarm.tasks('web').map(({ id }) => id)
    swarm.update('web', { image: 'i2' })
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_started')
    assert.equal(swarm.updateMessage('web'), 'update rolled back due to failure or early termination of task <id>')
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_completed')
    assert.deepEqual(imagesOf(swarm), ['i1', 'i1', 'i1'])
    const kept = swarm.tasks('web').filter(({ id, desired }) => desired === 'running' && before.includes(id))
    assert.equal(kept.length, 1)
    assert.equal(swarm.inspect('web').PreviousSpec, undefined)
    assert.match(swarm.rollBack('web').body, /does not have a previous spec/)
  })

  test('L24. Manual rollback from paused', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3'), images: CRASHING })
    swarm.create('web', { image: 'i1', replicas: 3, restart: RESTART, update: {} })
    swarm.pass(2)
    const before = swarm.tasks('web').map(({ id }) => id)
    swarm.update('web', { image: 'i2' })
    swarm.passUntil(() => swarm.updateState('web') === 'paused')
    swarm.pass(5)
    // While slot 2 waits for its turn it must not crash again: its replacement would be of the old spec already.
    swarm.passUntil(() => swarm.simulator.world.now - swarm.find('web.2').createdAt <= 50)
    assert.equal(swarm.rollBack('web').status, 200)
    assert.equal(swarm.updateState('web'), 'rollback_started')
    assert.equal(swarm.updateMessage('web'), 'manually requested rollback')
    swarm.passUntil(() => imagesOf(swarm).filter(image => image === 'i1').length === 3)
    const { now } = swarm.simulator.world
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_completed')
    const watched = swarm.simulator.world.now - now
    assert.ok(watched > 4_900 && watched <= 5_050, `${watched}`)
    assert.deepEqual(imagesOf(swarm), ['i1', 'i1', 'i1'])
    const kept = swarm.tasks('web').filter(({ id, desired }) => desired === 'running' && before.includes(id))
    assert.equal(kept.length, 1)
    assert.equal(swarm.inspect('web').PreviousSpec?.TaskTemplate?.ContainerSpec?.Image, 'i2')
  })

  test('L25. Failing rollback, action pause', () => {
    const swarm = failing('pause')
    swarm.image('i1', CRASHING.i2)
    swarm.update('web', { image: 'i2' })
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_paused')
    assert.equal(swarm.updateMessage('web'), 'update paused due to failure or early termination of task <id>')
    swarm.pass(60)
    assert.equal(swarm.updateState('web'), 'rollback_paused')
  })

  test('L25. Failing rollback, action rollback', () => {
    const swarm = failing('rollback')
    const before = swarm.tasks('web').map(({ id }) => id)
    swarm.image('i1', CRASHING.i2)
    swarm.update('web', { image: 'i2' })
    const events = swarm.api.listen('/events?filters=%7B%22type%22%3A%5B%22service%22%5D%7D')
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    const states = events().events.map(({ Actor }) => Actor?.Attributes?.['updatestate.new'])
    assert.deepEqual(states.slice(-2), ['rollback_paused', 'completed'])
    assert.equal(swarm.updateMessage('web'), 'update completed')
    const kept = swarm.tasks('web').filter(({ id, status }) => status.state === 'running' && before.includes(id))
    assert.equal(kept.length, 1)
  })

  test('L26. The ratio is a strict limit', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2') })
    swarm.create('web', { replicas: 4, restart: RESTART, update: { ratio: 0.25 } })
    swarm.pass(2)
    swarm.fates('v:2', ['fails'])
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesOf(swarm), ['v:2', 'v:2', 'v:2', 'v:2'])
  })

  test('L28. New update half-way', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2') })
    swarm.create('web', { image: 'i1', replicas: 4, restart: RESTART, update: { delay: 1 } })
    swarm.pass(2)
    swarm.update('web', { image: 'i2' })
    const newer = () => swarm.tasks('web').filter(({ spec }) => spec.ContainerSpec?.Image === 'i2').length
    swarm.passUntil(() => newer() === 3)
    const stopping = swarm
      .tasks('web')
      .find(({ desired, status }) => desired === 'shutdown' && status.state === 'running')
    swarm.update('web', { image: 'i3' })
    assert.equal(swarm.updateState('web'), 'updating')
    swarm.pass(3)
    assert.equal(swarm.tasks('web').find(({ id }) => id === stopping?.id)?.status.state, 'shutdown')
    swarm.update('web', { replicas: 5 })
    assert.equal(swarm.updateState('web'), 'updating')
    const { PreviousSpec } = swarm.inspect('web')
    assert.equal(PreviousSpec?.TaskTemplate?.ContainerSpec?.Image, 'i3')
    assert.equal(PreviousSpec?.Mode?.Replicated?.Replicas, 4)
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesOf(swarm), Array(5).fill('i3'))
  })

  test('L31. Global update and a paused node', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3') })
    swarm.create('glb', { mode: 'global' })
    swarm.pass(2)
    swarm.node('n1', { availability: 'pause' })
    const { id } = swarm.find('glb@n1')
    swarm.update('glb', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('glb') === 'completed')
    swarm.expect('glb', [
      'glb@n1 Running/Running',
      'glb@n2 Running/Running',
      'glb@n2 Shutdown/Shutdown',
      'glb@n3 Running/Running',
      'glb@n3 Shutdown/Shutdown',
    ])
    assert.equal(swarm.find('glb@n1').id, id)
    const before = swarm.service('glb').updateStatus
    swarm.node('n1', { availability: 'active' })
    swarm.pass(0.5)
    assert.deepEqual(swarm.rows('glb').slice(0, 2), ['glb@n1 Running/Running', 'glb@n1 Shutdown/Running'])
    assert.deepEqual(swarm.service('glb').updateStatus, before)
  })

  test('L32. Labels and constraints', () => {
    const labels = { zone: 'a' }
    const constraints = ['node.labels.zone==a']
    const swarm = stage({ nodes: { n1: { labels }, n2: { labels } } })
    swarm.create('web', { replicas: 2, restart: RESTART, constraints })
    swarm.create('glb', { mode: 'global', restart: RESTART, constraints })
    swarm.pass(2)
    swarm.node('n1', { labels: {} })
    const rejected = 'Shutdown/Rejected "assigned node no longer meets constraints"'
    swarm.expect('glb', [`glb@n1 ${rejected}`, 'glb@n2 Running/Running'])
    swarm.pass(0.9)
    assert.equal(swarm.replicas('web'), '1/2')
    swarm.pass(0.6)
    assert.deepEqual(swarm.runningOn('web'), { n2: 2 })
    swarm.pass(10)
    swarm.expect('glb', [`glb@n1 ${rejected}`, 'glb@n2 Running/Running'])
    swarm.node('n1', { labels })
    swarm.expect('glb', ['glb@n1 Running/*', `glb@n1 ${rejected}`, 'glb@n2 Running/Running'])
    swarm.pass(10)
    assert.deepEqual(swarm.runningOn('web'), { n2: 2 })
  })

  test('L32. A constraint that is corrected, or dropped', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2') })
    swarm.create('web', { replicas: 2, constraints: ['node.labels.no==where'] })
    swarm.pass(2)
    swarm.expect('web', ['web.1 Running/Pending', 'web.2 Running/Pending'])
    swarm.update('web', { constraints: ['node.hostname==n1'] })
    swarm.pass(10)
    swarm.expect('web', [
      'web.1@n1 Running/Running',
      'web.1 Shutdown/Shutdown',
      'web.2@n1 Running/Running',
      'web.2 Shutdown/Shutdown',
    ])
    const before = swarm.tasks('web').map(({ id }) => id)
    for (const change of [{ constraints: [] }, { labels: { a: 'b' } }, { update: { delay: 3 } }]) {
      swarm.update('web', change)
      swarm.pass(10)
      assert.deepEqual(
        swarm.tasks('web').map(({ id }) => id),
        before,
      )
    }
    swarm.update('web', { restart: { delay: 2 } })
    swarm.pass(30)
    assert.ok(
      swarm
        .tasks('web')
        .filter(({ desired }) => desired === 'running')
        .every(({ id }) => !before.includes(id)),
    )
  })

  test('L33. Leader change in the middle of an update', () => {
    const swarm = stage({ nodes: nodes('n1', 'n2', 'n3') })
    swarm.create('gone', { replicas: 3 })
    swarm.create('web', { image: 'i1', replicas: 4, restart: RESTART, update: { delay: 1 } })
    swarm.pass(2)
    swarm.node('n1', { status: 'down' })
    swarm.pass(5)
    swarm.remove('gone')
    swarm.pass(3)
    swarm.expect('gone', ['gone.*@n1 Remove/Running'])
    swarm.update('web', { image: 'i2' })
    const updated = () => swarm.tasks('web').filter(({ spec }) => spec.ContainerSpec?.Image === 'i2')
    swarm.passUntil(() => updated().length === 3)
    const [inHand] = updated().filter(({ desired }) => desired === 'ready')
    swarm.pass(0.3)
    swarm.stopLeading()
    swarm.pass(2)
    swarm.startLeader()
    swarm.expect('gone', [])
    assert.equal(swarm.tasks('web').find(({ id }) => id === inHand?.id)?.desired, 'running')
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesOf(swarm), Array(4).fill('i2'))
    assert.ok(swarm.rows('web').some(row => row.endsWith('@n1 Shutdown/Running')))
  })
})
