import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '../../source/swarm/log-line.ts'
import { LogRepeats } from '../../source/swarm/log-repeats.ts'
import { logLine, logLines } from '../helpers/log-lines.ts'

const told = (repeats: LogRepeats, lines: readonly LogLine[]) =>
  lines.filter(line => !repeats.isRepeat(line)).map(({ text }) => text)

test('What a stream that is opened again tells twice is told once', () => {
  const repeats = new LogRepeats()
  told(repeats, logLines(5))
  repeats.expectRepeats()
  assert.deepEqual(told(repeats, logLines(4, 3)), ['line 5', 'line 6'])
})

test('So is what a node tells from the beginning when it is back', () => {
  const repeats = new LogRepeats()
  told(repeats, logLines(5))
  assert.deepEqual(told(repeats, logLines(7)), ['line 5', 'line 6'])
})

test('Lines of one moment are as many as were written then', () => {
  const repeats = new LogRepeats()
  const twins = [logLine('one'), logLine('two')]
  assert.deepEqual(told(repeats, twins), ['one', 'two'])
  repeats.expectRepeats()
  assert.deepEqual(told(repeats, [...twins, logLine('three')]), ['three'])
})

test('Tasks, and the two streams of one, are told apart', () => {
  const repeats = new LogRepeats()
  told(repeats, logLines(5))
  assert.deepEqual(told(repeats, [logLine('other', { task: 'task-api.2' })]), ['other'])
  assert.deepEqual(told(repeats, [logLine('error', { isError: true })]), ['error'])
})

test('A clock that was set back loses no line', () => {
  const repeats = new LogRepeats()
  told(repeats, [logLine('one', { atMs: 0 }), logLine('nine', { atMs: 9000 })])
  const after = [logLine('ten', { atMs: 5000 }), logLine('eleven', { atMs: 6000 })]
  assert.deepEqual(told(repeats, after), ['ten', 'eleven'])
})

test('What is older than all that is remembered was there before', () => {
  const repeats = new LogRepeats()
  told(repeats, logLines(3000))
  assert.deepEqual(told(repeats, logLines(3001)), ['line 3000'])
})

test('Lines without a time are never repetitions', () => {
  const repeats = new LogRepeats()
  const line = { ...logLine('x'), time: '' }
  assert.deepEqual(told(repeats, [line, line]), ['x', 'x'])
})

test('A stream goes on from where the task that is furthest behind was, but no more than a minute back', () => {
  const repeats = new LogRepeats()
  assert.equal(repeats.resumeTime(), null)
  const long = logLine('long ago', { atMs: -3_600_000, task: 'old' })
  const behind = logLine('behind', { atMs: 1000, task: 'slow' })
  const newest = logLine('newest', { atMs: 30_000, task: 'fast' })
  told(repeats, [long, behind, newest])
  assert.equal(repeats.resumeTime(), behind.time)
})

test('Of very many tasks each is remembered for less long, and nothing is told twice for that', () => {
  const repeats = new LogRepeats()
  const tasks = Array.from({ length: 1000 }, (_, index) => `task-${index}`)
  for (const task of tasks) told(repeats, [logLine('first', { task, atMs: 0 })])
  const [task = ''] = tasks
  const lines = Array.from({ length: 300 }, (_, index) => logLine(`line ${index}`, { task, atMs: 1000 + index }))
  assert.equal(told(repeats, lines).length, 300)
  repeats.expectRepeats()
  assert.deepEqual(told(repeats, [...lines, logLine('new', { task, atMs: 5000 })]), ['new'])
})
