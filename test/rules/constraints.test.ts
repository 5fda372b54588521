import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meetsConstraints, type PlacementNode, parseConstraints } from '../../source/rules/constraints.ts'

const node: PlacementNode = {
  id: 'n1id',
  hostname: 'node-1',
  ip: '10.0.0.1',
  role: 'worker',
  platform: { os: 'linux', architecture: 'x86_64' },
  labels: { zone: 'Ubuntu 14.04', disk: 'SSD' },
  engineLabels: { security: 'high' },
}

function isMet(text: string, changes: Partial<PlacementNode> = {}): boolean {
  const parsed = parseConstraints(text.split(' && '))
  assert.ok(parsed.ok, text)
  return meetsConstraints({ ...node, ...changes }, parsed.constraints)
}

const MET = [
  'node.id==n1id',
  'node.hostname == NODE-1',
  'node.hostname != node-2',
  'NODE.Role==Worker',
  'node.role!=manager',
  'node.platform.os==Linux',
  'node.platform.arch==x86_64',
  'node.labels.disk==ssd',
  'node.labels.zone==ubuntu 14.04',
  'node.labels.missing!=high',
  'node.labels.toString!=high',
  'engine.labels.security==high',
  'engine.labels.disk!=ssd',
  'node.labels.disk==ssd && engine.labels.security==high',
  'node.ip==10.0.0.1',
  'node.ip==10.0.0.0/8',
  'node.ip!=192.168.0.0/16',
  'node.ip!=2001:db8::/32',
]

const NOT_MET = [
  'node.hostname!=NODe-1',
  'node.hostname==n*',
  'node.platform.arch==amd64',
  'node.labels.security==high',
  'node.labels.Disk==ssd',
  'node.labels.disk==ssd && node.role==manager',
  'node.ip!=10.0.0.0/8',
  'node.ip==10.0.0.0/33',
  'node.ip!=10.0.0.0/33',
  'node.ip!=10.0.0.0.1',
  'node.abc.bcd==high',
  'node.abc.bcd!=high',
  'node.labels.!=a',
]

for (const text of MET) test(`met: ${text}`, () => assert.equal(isMet(text), true))
for (const text of NOT_MET) test(`not met: ${text}`, () => assert.equal(isMet(text), false))

test('a node that has not described itself has no hostname and no address', () => {
  assert.equal(isMet('node.hostname!=node-1', { hostname: '' }), true)
  assert.equal(isMet('node.ip!=10.0.0.1', { ip: '' }), true)
  assert.equal(isMet('node.ip==10.0.0.0/8', { ip: '' }), false)
})

test('an IPv6 network holds its addresses', () => {
  assert.equal(isMet('node.ip==2001:db8::/32', { ip: '2001:db8::7' }), true)
  assert.equal(isMet('node.ip==2001:db8::/32', { ip: '2001:db9::7' }), false)
})

const MALFORMED: readonly (readonly [text: string, error: string])[] = [
  ['', 'constraint expected one operator from ==, !='],
  [' ', 'constraint expected one operator from ==, !='],
  ['nodeabc', 'constraint expected one operator from ==, !='],
  ['node ~ abc', 'constraint expected one operator from ==, !='],
  ['1node==a2', "key '1node' is invalid"],
  ['no de== node1', "key 'no de' is invalid"],
  ['no*de==node1', "key 'no*de' is invalid"],
  ['no$de==node1', "key 'no$de' is invalid"],
  ['==node1', "key '' is invalid"],
  ['node==', "value '' is invalid"],
  ['node== ', "value '' is invalid"],
  ['node==a==b', "value 'a==b' is invalid"],
]

for (const [text, error] of MALFORMED) {
  test(`refused: "${text}"`, () => assert.deepEqual(parseConstraints([text]), { ok: false, error }))
}

for (const text of [' node == node1', 'NoDe==node1', 'no.de==node1', '_node==_node1', 'node==[a-b]+c*(n|b)/']) {
  test(`accepted: "${text}"`, () => assert.equal(parseConstraints([text]).ok, true))
}
