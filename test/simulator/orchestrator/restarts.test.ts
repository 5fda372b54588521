import { test } from 'node:test'
import { stage } from '../../cases/harness.ts'

/* Restarts and history beyond the cases of Swarm's own tests. */

test('the replacement of a drained task waits for the old one to stop, but for no more than a minute', () => {
  const swarm = stage({ nodes: { n1: {}, n2: { availability: 'pause' } }, images: { v: { stopMs: 'ignores-signal' } } })
  swarm.create('web', { replicas: 1, container: { StopGracePeriod: 600e9 } })
  swarm.pass(1)
  swarm.node('n2', { availability: 'active' })
  swarm.node('n1', { availability: 'drain' })
  swarm.pass(59.9)
  swarm.expect('web', ['web.1@n2 Ready/Ready', 'web.1@n1 Shutdown/Running'])
  swarm.pass(0.5)
  swarm.expect('web', ['web.1@n2 Running/Running', 'web.1@n1 Shutdown/Running'])
})

test('drains use up attempts', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('web', { replicas: 1, restart: { attempts: 1 } })
  swarm.pass(1)
  for (const _ of ['first', 'second']) {
    const node = Object.keys(swarm.runningOn('web'))[0] ?? ''
    swarm.node(node, { availability: 'drain' })
    swarm.pass(3)
    swarm.node(node, { availability: 'active' })
  }
  swarm.expect('web', ['web.1@* Shutdown/Shutdown', 'web.1@* Shutdown/Shutdown'])
})

test('the attempts of a slot are known to the next leader', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.fates('v:1', Array(9).fill('fails'))
  swarm.create('web', { replicas: 1, restart: { delay: 1, attempts: 2 } })
  swarm.passUntil(() => swarm.tasks('web').length === 2)
  swarm.startLeader()
  swarm.pass(20)
  swarm.expect('web', Array(3).fill('web.1@n1 Shutdown/Failed'))
})

test('a delay that a new leader finds half over goes on from there', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { web: { replicas: 1, restart: { delay: 10 } } },
    tasks: [{ row: 'web.1@n1 Ready/Ready', age: 7 }],
  })
  swarm.startLeader()
  swarm.pass(2.9)
  swarm.expect('web', ['web.1@n1 Ready/Ready'])
  swarm.pass(0.1)
  swarm.expect('web', ['web.1@n1 Running/Ready'])
})

test('more than a thousand tasks to delete are not kept waiting', () => {
  const swarm = stage({ nodes: { n1: { availability: 'pause' } } })
  swarm.create('web', { replicas: 1_001 })
  swarm.pass(1)
  swarm.remove('web')
  swarm.expect('web', [])
})
