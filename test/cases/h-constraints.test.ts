import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Stage, stage } from './harness.ts'

const PENDING = 'web.1 Running/Pending "no suitable node (scheduling constraints not satisfied on 1 node)"'

/** Is the service placed on a node that is all there is? */
function isPlaced(swarm: Stage, constraints: readonly string[]): boolean {
  swarm.create('web', { constraints })
  swarm.pass(1)
  const placed = swarm.rows('web')[0] === 'web.1@n1 Running/Running'
  if (!placed) swarm.expect('web', [PENDING])
  swarm.remove('web')
  swarm.pass(3)
  return placed
}

test('111. Unknown keys never match, not even with !=', () => {
  const swarm = stage({ nodes: { n1: {} }, leader: 'n1' })
  assert.equal(isPlaced(swarm, ['node.abc.bcd==high']), false)
  assert.equal(isPlaced(swarm, ['node.abc.bcd!=high']), false)
})

test('112. Hostnames, in any letter case; a node without one differs from every name', () => {
  const swarm = stage({ nodes: { n1: {} }, leader: 'n1' })
  for (const [hostname, expected] of [
    ['', true],
    ['node-2', true],
    ['node-1', false],
    ['NODe-1', false],
  ] as const) {
    assert.equal(matchesHostname(hostname), expected, hostname)
  }
  assert.equal(isPlaced(swarm, ['node.hostname!=node-2']), true)
  assert.equal(isPlaced(swarm, ['node.hostname!=N1']), false)
  assert.equal(isPlaced(swarm, ['node.hostname==N1']), true)
})

test('115. Labels of the node and labels of its engine are two things', () => {
  const labelled = { n1: { labels: { security: 'High', os: 'Ubuntu 14.04' } } }
  const swarm = stage({ nodes: labelled, leader: 'n1' })
  assert.equal(isPlaced(swarm, ['node.labels.security==high']), true)
  assert.equal(isPlaced(swarm, ['node.labels.os==ubuntu 14.04']), true)
  assert.equal(isPlaced(swarm, ['node.labels.security==high', 'node.labels.os==ubuntu 14.04']), true)
  assert.equal(isPlaced(swarm, ['node.labels.security==high', 'node.labels.os==debian']), false)
  assert.equal(isPlaced(swarm, ['engine.labels.security==high']), false)
  assert.equal(isPlaced(swarm, ['engine.labels.disk!=ssd']), true)

  swarm.describe('n1', { engineLabels: { disk: 'ssd', secret: 'yes' } })
  assert.equal(isPlaced(swarm, ['engine.labels.disk!=ssd']), false)
  assert.equal(isPlaced(swarm, ['node.labels.secret==yes']), false)
})

test('116. What can be read as a constraint, and what is refused when a service is created', () => {
  const swarm = stage({ nodes: { n1: {} }, leader: 'n1' })
  const refused = ['', ' ', 'nodeabc', 'node ~ abc', '1node==a2', 'no de== node1', 'no*de==node1', 'no$de==node1']
  for (const constraint of [...refused, '==node1', 'node==', 'node== ']) {
    assert.equal(create(swarm, constraint), 500, constraint)
  }
  const accepted = [' node == node1', 'NoDe==node1', 'no.de==node1', '_node==_node1', 'node==[a-b]+c*(n|b)/']
  for (const constraint of [...accepted, 'node==node 1']) assert.equal(create(swarm, constraint), 201, constraint)
})

test('117. There are no patterns: a value is equal as a whole', () => {
  for (const [value, asked, expected] of [
    ['f*o', 'f*o', true],
    ['F*O', 'f*o', true],
    ['fo', 'f*o', false],
    ['foo', 'f*o', false],
    ['f.-$o', 'f.-$o', true],
    ['fa-$o', 'f.-$o', false],
  ] as const) {
    const swarm = stage({ nodes: { n1: { labels: { it: value } } }, leader: 'n1' })
    assert.equal(isPlaced(swarm, [`node.labels.it==${asked}`]), expected, `${value} against ${asked}`)
  }
})

function create(swarm: Stage, constraint: string): number {
  const spec = { TaskTemplate: { ContainerSpec: { Image: 'v:1' }, Placement: { Constraints: [constraint] } } }
  return swarm.api.call('POST', '/services/create', { Name: `s${serial++}`, ...spec, Mode: { Replicated: {} } }).status
}

let serial = 0

/** A node's own name cannot be changed by a case, so that its description says another. */
function matchesHostname(hostname: string): boolean {
  const swarm = stage({ nodes: { n1: { description: { hostname } } } })
  swarm.create('web', { constraints: ['node.hostname!=node-1'] })
  swarm.pass(0.2)
  return swarm.tasks('web')[0]?.nodeId !== ''
}
