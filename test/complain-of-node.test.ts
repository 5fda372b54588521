import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { complainOfNode } from '../source/complain-of-node.ts'

test('a Node that is too old is told apart from one that will do, as the package says', () => {
  assert.equal(complainOfNode('20.20.2'), 'swarmtop: this is Node 20.20.2, and swarmtop needs Node 22 or later\n')
  assert.equal(complainOfNode('22.0.0'), null)
  assert.equal(complainOfNode('100.1.0'), null)
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } }
  assert.equal(engines.node, '>=22')
})
