import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LogMerger } from '../../source/swarm/merge-log.ts'
import { logLine, logLines } from '../helpers/log-lines.ts'

const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text)

/** A merger that has told what its log began with. */
function opened(): LogMerger {
  const merger = new LogMerger()
  merger.add([logLine('first', { atMs: -1 })], 0)
  merger.take(1000)
  return merger
}

test('Lines of several tasks come in order of time, after a moment', () => {
  const merger = opened()
  merger.add([logLine('two', { atMs: 2 }), logLine('four', { atMs: 4 })], 2000)
  merger.add([logLine('one', { atMs: 1 }), logLine('three', { atMs: 3 })], 2100)
  assert.equal(merger.dueAt(), 2300)
  assert.deepEqual(merger.take(2299), [])
  assert.deepEqual(texts(merger.take(2300)), ['one', 'two', 'three', 'four'])
  assert.equal(merger.dueAt(), null)
})

test('What is newer than all that is due waits for its own moment', () => {
  const merger = opened()
  merger.add([logLine('one', { atMs: 1 })], 2000)
  merger.add([logLine('nine', { atMs: 9 })], 2200)
  assert.deepEqual(texts(merger.take(2300)), ['one'])
  assert.equal(merger.dueAt(), 2500)
  assert.deepEqual(texts(merger.take(2500)), ['nine'])
})

test('Nanoseconds count', () => {
  const merger = opened()
  merger.add([logLine('later', { atMs: 1.000002 }), logLine('sooner', { atMs: 1.000001 })], 2000)
  assert.deepEqual(texts(merger.take(2300)), ['sooner', 'later'])
})

test('A line that comes too late is shown all the same', () => {
  const merger = opened()
  merger.add([logLine('nine', { atMs: 9 })], 2000)
  merger.take(2300)
  merger.add([logLine('one', { atMs: 1 })], 2400)
  assert.deepEqual(texts(merger.take(2700)), ['one'])
})

test('Lines of the same moment stay as they came', () => {
  const merger = opened()
  merger.add([logLine('a'), logLine('b'), logLine('c')], 2000)
  assert.deepEqual(texts(merger.take(2300)), ['a', 'b', 'c'])
})

test('What a log begins with is put in order whole, until it is silent', () => {
  const merger = new LogMerger()
  assert.equal(merger.dueAt(), null)
  merger.add([logLine('two', { atMs: 2 })], 0)
  merger.add([logLine('one', { atMs: 1 })], 250)
  assert.deepEqual(merger.take(300), [])
  assert.deepEqual(texts(merger.take(550)), ['one', 'two'])
})

test('… or for a second, where it is never silent', () => {
  const merger = new LogMerger()
  for (let at = 0; at <= 1000; at += 100) merger.add([logLine(`line ${at}`, { atMs: -at })], at)
  assert.deepEqual(merger.take(999), [])
  assert.equal(merger.take(1000).length, 11)
})

test('More than can be shown is given up, the oldest first, and counted', () => {
  const merger = new LogMerger()
  merger.add(logLines(45_000), 0)
  const told = merger.take(1000)
  assert.deepEqual([told.length, told[0]?.text, told.at(-1)?.text], [20_000, 'line 25000', 'line 44999'])
  assert.deepEqual([merger.takeSkipped(), merger.takeSkipped()], [25_000, 0])
})

test('Every line is told once, and in order if no task is more than a moment behind', () => {
  const arrival = fc.record({ at: fc.nat(5000), lateMs: fc.nat(299) })
  fc.assert(
    fc.property(fc.array(arrival), arrivals => {
      const merger = opened()
      const written = arrivals.map(({ at, lateMs }) => ({
        at: 2000 + at + lateMs,
        line: logLine(String(at), { atMs: at }),
      }))
      const told: string[] = []
      for (let now = 2000; now <= 8000; now += 50) {
        merger.add(
          written.filter(({ at }) => at > now - 50 && at <= now).map(({ line }) => line),
          now,
        )
        told.push(...merger.take(now).map(({ time }) => time))
      }
      assert.equal(told.length, arrivals.length)
      assert.deepEqual(told, told.toSorted())
    }),
  )
})
