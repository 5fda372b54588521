import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closest } from '../../source/rules/closest.ts'

const WORDS = ['memory', 'cpus', 'role', 'name', 'max-per-node']

test('a word that was probably meant is found', () => {
  const meant = ['memroy', 'Memory', 'cpu', 'roles', 'nmae', 'max-per-nodes'].map(word => closest(word, WORDS))
  assert.deepEqual(meant, ['memory', 'memory', 'cpus', 'role', 'name', 'max-per-node'])
})

test('a word that is far from all is left alone', () => {
  for (const word of ['', 'x', 'disk', 'replicas', 'max']) assert.equal(closest(word, WORDS), null, word)
})
