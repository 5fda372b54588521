import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Effect } from '../source/app/effect.ts'
import type { LogStream } from '../source/app/logs/log-reading.ts'
import type { Engine, LogListener, LogStart } from '../source/engine/engine.ts'
import { createLogFollower, toUnixSeconds } from '../source/perform-logs.ts'
import type { Event } from '../source/program.ts'
import type { LogSource } from '../source/swarm/log-source.ts'
import { HeldClock } from './helpers/held-clock.ts'
import { logLine, logLines } from './helpers/log-lines.ts'

const API: LogSource = { kind: 'service', serviceId: 'api' }
const WEB: LogSource = { kind: 'service', serviceId: 'web' }
const TASK: LogSource = { kind: 'task', taskId: 't1' }

type Asked = {
  readonly source: LogSource
  readonly start: LogStart
  readonly signal: AbortSignal
  readonly on: LogListener
}

/** A follower on an engine that does what the test says, and what it has told. */
class Follower {
  readonly clock = new HeldClock(1_000_000)
  readonly asked: Asked[] = []
  readonly told: Event[] = []
  readonly #follower = createLogFollower(this.clock)
  readonly #engine = {
    followLogs: (source: LogSource, start: LogStart, signal: AbortSignal, on: LogListener) =>
      this.asked.push({ source, start, signal, on }),
  } as unknown as Engine

  follow(sources: readonly LogSource[], words: Partial<Effect & { kind: 'follow-logs' }> = {}, engine = this.#engine) {
    const usual = { kind: 'follow-logs', number: 1, host: 0, sources, since: '', tail: 500, isAnew: false } as const
    this.#follower.follow(engine, { ...usual, ...words }, event => this.told.push(event))
    return this
  }

  unfollow = () => this.#follower.unfollow()

  /** The stream that was opened last, answered. */
  get last(): Asked {
    return this.asked.at(-1) ?? assert.fail('Nothing was asked for')
  }

  /** The lines that have been told since the last look. */
  lines(): readonly string[] {
    const lines = this.told.flatMap(event => (event.kind === 'log-received' ? event.lines.map(({ text }) => text) : []))
    this.told.splice(0, this.told.length, ...this.told.filter(({ kind }) => kind !== 'log-received'))
    return lines
  }

  streams(): readonly LogStream[] {
    const told = this.told.findLast(event => event.kind === 'log-streams-changed')
    return told?.kind === 'log-streams-changed' ? told.streams : []
  }

  states = () => this.streams().map(({ state }) => state)
}

test('Lines of several streams are told as one, in order, at most twenty times a second', () => {
  const follower = new Follower().follow([API, WEB])
  const [api, web] = follower.asked
  api?.on.onOpen()
  web?.on.onOpen()
  api?.on.onLines([logLine('two', { atMs: 2, task: 'a' })])
  web?.on.onLines([logLine('one', { atMs: 1, task: 'w' })])
  follower.clock.advance(1000)
  assert.deepEqual(follower.lines(), ['one', 'two'])
  for (let ms = 0; ms < 1000; ms += 10) {
    api?.on.onLines([logLine(`at ${ms}`, { atMs: 10 + ms, task: 'a' })])
    follower.clock.advance(10)
  }
  follower.clock.advance(1000)
  assert.ok(follower.told.filter(({ kind }) => kind === 'log-received').length <= 21)
  assert.equal(follower.lines().length, 100)
})

test('Who is heard for the first time is told with the first line', () => {
  const follower = new Follower().follow([API])
  const hear = (task: string, atMs: number) => {
    follower.last.on.onLines([logLine('x', { task, atMs })])
    follower.clock.advance(1000)
    const event = follower.told.at(-1)
    return event?.kind === 'log-received' ? event.origins.map(({ taskId }) => taskId) : []
  }
  assert.deepEqual([hear('one', 1), hear('one', 2), hear('two', 3)], [['one'], [], ['two']])
})

test('A stream that breaks is named, and read again from where it broke while the rest goes on', () => {
  const follower = new Follower().follow([API, WEB])
  const [api, web] = follower.asked
  api?.on.onOpen()
  web?.on.onOpen()
  api?.on.onLines(logLines(3))
  follower.clock.advance(1000)
  assert.deepEqual(follower.lines(), ['line 0', 'line 1', 'line 2'])
  const problem = { kind: 'closed', path: '/services/api/logs', detail: 'reset' } as const
  api?.on.onEnd(problem)
  assert.deepEqual(follower.states(), ['broken', 'open'])
  assert.deepEqual(follower.streams()[0]?.problem, problem)

  web?.on.onLines([logLine('goes on', { task: 'w', atMs: 9 })])
  follower.clock.advance(1000)
  assert.deepEqual(follower.lines(), ['goes on'])
  assert.equal(follower.asked.length, 3)
  assert.deepEqual(follower.last.start, { since: '1795262400.002000000', tail: 'all' })
  assert.deepEqual(follower.states(), ['broken', 'open'])
  follower.last.on.onOpen()
  assert.deepEqual(follower.states(), ['open', 'open'])
  follower.last.on.onLines(logLines(3, 2))
  follower.clock.advance(1000)
  assert.deepEqual(follower.lines(), ['line 3', 'line 4'])
})

test('It is asked for more and more seldom while nothing comes, and soon again after something has', () => {
  const follower = new Follower().follow([API])
  const waits: number[] = []
  const breakAndWait = () => {
    const before = follower.asked.length
    follower.last.on.onEnd({ kind: 'refused', address: 'm1' })
    for (let waited = 0; follower.asked.length === before; waited += 500) {
      follower.clock.advance(500)
      waits[before - 1] = waited + 500
    }
  }
  for (let time = 0; time < 6; time += 1) breakAndWait()
  follower.last.on.onLines([logLine('x')])
  breakAndWait()
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 10_000, 10_000, 1000])
})

test('A task that has ended is not read again; a service that has ended is', () => {
  const follower = new Follower().follow([TASK, API])
  for (const { on } of follower.asked) on.onEnd(null)
  follower.clock.advance(60_000)
  assert.deepEqual(
    follower.asked.map(({ source }) => source),
    [TASK, API, API],
  )
})

test('A service that a stack gets is read besides, one that it loses no more', () => {
  const follower = new Follower().follow([API])
  follower.follow([API, WEB])
  assert.deepEqual(
    follower.asked.map(({ source }) => source),
    [API, WEB],
  )
  follower.follow([WEB])
  assert.deepEqual(
    follower.asked.map(({ signal }) => signal.aborted),
    [true, false],
  )
})

test('By another host everything goes on from where it was', () => {
  const follower = new Follower().follow([API])
  follower.last.on.onLines(logLines(2))
  const asked: LogStart[] = []
  const other = { followLogs: (_: LogSource, start: LogStart) => asked.push(start) } as unknown as Engine
  follower.follow([API], { host: 1 }, other)
  assert.ok(follower.asked[0]?.signal.aborted)
  assert.deepEqual(asked, [{ since: '1795262400.001000000', tail: 'all' }])
})

test('A host that is back is asked for what had ended, at once', () => {
  const follower = new Follower().follow([TASK])
  follower.last.on.onEnd(null)
  follower.follow([TASK])
  assert.equal(follower.asked.length, 1)
  follower.follow([TASK], { isAnew: true })
  assert.equal(follower.asked.length, 2)
})

test('Another log, and none, end the one before; nothing of it is told any more', () => {
  const follower = new Follower().follow([API])
  const [first] = follower.asked
  first?.on.onLines(logLines(2))
  follower.follow([WEB], { number: 2 })
  follower.clock.advance(5000)
  assert.ok(first?.signal.aborted)
  assert.deepEqual(follower.lines(), [])
  follower.last.on.onLines(logLines(2))
  follower.unfollow()
  follower.clock.advance(5000)
  assert.deepEqual([follower.lines(), follower.last.signal.aborted], [[], true])
})

test('Nanoseconds survive', () => {
  assert.equal(toUnixSeconds('2026-11-21T12:00:00.578043887Z'), '1795262400.578043887')
})
