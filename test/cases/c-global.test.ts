import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './harness.ts'

/*
 * Cases of section C: the global orchestrator.
 * Source: moby/swarmkit manager/orchestrator/global/global_test.go
 */

test('37. Node joins', () => {
  const swarm = stage({ nodes: { n1: {}, n2: { joins: 'later' } } })
  swarm.create('glb', { mode: 'global' })
  swarm.pass(1)
  const { id } = swarm.find('glb@n1')
  swarm.join('n2')
  swarm.expect('glb', ['glb@n1 Running/Running', 'glb@n2 Running/*'])
  swarm.pass(1)
  swarm.expect('glb', ['glb@n1 Running/Running', 'glb@n2 Running/Running'])
  assert.equal(swarm.find('glb@n1').id, id)
})

test('39. Drain and back', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('glb', { mode: 'global' })
  swarm.pass(1)
  swarm.node('n1', { availability: 'drain' })
  swarm.expect('glb', ['glb@n1 Shutdown/Running'])
  swarm.pass(10)
  swarm.force('glb')
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Shutdown'])
  swarm.node('n1', { availability: 'active' })
  swarm.expect('glb', ['glb@n1 Running/*', 'glb@n1 Shutdown/Shutdown'])
})

test('40. Paused node', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('glb', { mode: 'global' })
  swarm.pass(1)
  swarm.node('n1', { availability: 'pause' })
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Running/Running'])
  swarm.fail('glb@n1')
  swarm.expect('glb', ['glb@n1 Shutdown/Failed'])
  swarm.force('glb')
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Failed'])
})

test('42. Down and back', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('glb', { mode: 'global' })
  swarm.pass(1)
  swarm.node('n1', { status: 'down' })
  swarm.expect('glb', ['glb@n1 Shutdown/Running'])
  swarm.force('glb')
  swarm.pass(1)
  swarm.expect('glb', ['glb@n1 Shutdown/Running'])
  swarm.node('n1', { status: 'ready' })
  swarm.expect('glb', ['glb@n1 Running/*', 'glb@n1 Shutdown/Running'])
})

test('43. Second service, removal', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('glb', { mode: 'global' })
  swarm.create('glb2', { mode: 'global' })
  swarm.pass(1)
  swarm.expect('glb2', ['glb2@n1 Running/Running'])
  swarm.remove('glb')
  swarm.expect('glb', ['glb@n1 Remove/Running'])
  swarm.pass(10)
  swarm.expect('glb', [])
  swarm.expect('glb2', ['glb2@n1 Running/Running'])
})

test('45. Task fails, condition none', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('glb', { mode: 'global', restart: { condition: 'none' } })
  swarm.pass(1)
  swarm.fail('glb@n1')
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Failed'])
  swarm.update('glb', {})
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Failed'])
  swarm.update('glb', { image: 'v:2' })
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Running/Running', 'glb@n1 Shutdown/Failed'])
})

test('47. Leader start: two tasks on one node', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { glb: { mode: 'global' } },
    tasks: ['glb@n1 Running/Running', 'glb@n1 Running/Running'],
  })
  swarm.startLeader()
  swarm.pass(10)
  assert.deepEqual(swarm.rows('glb').toSorted(), ['glb@n1 Running/Running', 'glb@n1 Shutdown/Shutdown'])
})

test('50. Leader start: orphan of a removed service', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { glb: { mode: 'global' } },
    tasks: ['glb@n1 Running/Running', 'old@n1 Running/Running'],
  })
  swarm.startLeader()
  swarm.expect('old', [])
  swarm.expect('glb', ['glb@n1 Running/Running'])
})

test('51. Leader start: drained node', () => {
  const swarm = stage({
    nodes: { n1: { availability: 'drain' } },
    services: { glb: { mode: 'global' } },
    tasks: ['glb@n1 Running/Running'],
  })
  swarm.startLeader()
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Shutdown'])
})

test('51. Leader start: missing node', () => {
  const swarm = stage({ services: { glb: { mode: 'global' } }, tasks: ['glb@n1 Running/Running'] })
  swarm.startLeader()
  swarm.pass(10)
  swarm.expect('glb', ['glb@n1 Shutdown/Running'])
})

test('52. Restart history is rebuilt from the tasks', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: {
      glb: { mode: 'global', specVersion: 2, restart: { delay: 0.1, attempts: 3, window: 600 } },
    },
    tasks: [
      { row: 'glb@n1 Shutdown/Failed', age: 12 * 60 },
      { row: 'glb@n1 Shutdown/Failed', age: 11 * 60 },
      { row: 'glb@n1 Shutdown/Failed', age: 9 * 60 },
      { row: 'glb@n1 Running/Running', age: 8 * 60 },
      { row: 'glb@n1 Shutdown/Shutdown', age: 5 * 60, specVersion: 1 },
    ],
    images: { v: {} },
  })
  swarm.startLeader()
  swarm.image('v', { isMissing: true })
  swarm.fail('glb@n1')
  swarm.pass(10)
  const newest = swarm.tasks('glb').slice(0, 2)
  assert.deepEqual(
    newest.map(({ desired, status }) => `${desired} ${status.state}`),
    ['shutdown rejected', 'shutdown shutdown'],
  )
  assert.equal(swarm.tasks('glb').filter(({ status }) => status.state === 'rejected').length, 1)
})
