import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPartJoiner } from '../../source/swarm/join-log-parts.ts'
import { logLine } from '../helpers/log-lines.ts'

const part = (text: string, words: Parameters<typeof logLine>[1] = {}) => ({ ...logLine(text, words), isWhole: false })
const end = (text: string, words: Parameters<typeof logLine>[1] = {}) => ({ ...logLine(text, words), isWhole: true })

test('A line that was cut is put together, with the time of its first part', () => {
  const join = createPartJoiner()
  assert.equal(join(part('one, ', { atMs: 1 })), null)
  assert.equal(join(part('two, ', { atMs: 2 })), null)
  assert.deepEqual(join(end('three', { atMs: 3 })), logLine('one, two, three', { atMs: 1 }))
  assert.deepEqual(join(end('next')), logLine('next'))
})

test('Lines of other tasks, and of the other stream, may come between', () => {
  const join = createPartJoiner()
  join(part('a'))
  assert.deepEqual(join(end('x', { task: 'other' })), logLine('x', { task: 'other' }))
  assert.deepEqual(join(end('y', { isError: true })), logLine('y', { isError: true }))
  assert.deepEqual(join(end('b')), logLine('ab'))
})

test('What has no end is told in pieces', () => {
  const join = createPartJoiner()
  const told = Array.from({ length: 9 }, () => join(part('x'.repeat(16_384)))?.text.length ?? null)
  assert.deepEqual(told, [null, null, null, 65_536, null, null, null, 65_536, null])
})
