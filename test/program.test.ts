import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Effect } from '../source/app/effect.ts'
import { initialState } from '../source/app/initial-state.ts'
import { type Event, startProgram } from '../source/program.ts'
import { apiReading, NOW } from './helpers/api-builders.ts'
import { wellReading } from './helpers/cluster-builders.ts'
import { HeldClock } from './helpers/held-clock.ts'

const settings = {
  source: { kind: 'engine', name: 'test' },
  hosts: ['unix:///m1.sock'],
  intervalMs: 1000,
  isReadOnly: false,
} as const

/** A program on a held clock, with a world that answers when the test says so. */
function start() {
  const clock = new HeldClock(NOW)
  const asked: Effect[] = []
  const answers: ((event: Event) => void)[] = []
  const program = startProgram({
    state: initialState({ settings, now: NOW, columns: 80, rows: 24 }),
    clock,
    perform: (effect, dispatch) =>
      new Promise(resolve => {
        asked.push(effect)
        answers.push(event => {
          dispatch(event)
          resolve()
        })
      }),
  })
  const answer = (event: Event) => answers.shift()?.(event)
  const answerReading = () => {
    const number = program.state().polling.inFlight?.number ?? -1
    answer({ kind: 'reading-received', number, host: 0, reading: apiReading(wellReading), roundTripMs: 5 })
  }
  return { program, clock, asked, answer, answerReading }
}

describe('the program', () => {
  test('asks for a reading when its clock begins to move, and a second later for the next', () => {
    const { clock, asked, answerReading } = start()
    clock.advance(0)
    assert.deepEqual(
      asked.map(({ kind }) => kind),
      ['read'],
    )
    answerReading()
    clock.advance(1000)
    assert.deepEqual(
      asked.map(({ kind }) => kind),
      ['read', 'watch', 'read'],
    )
  })

  test('is idle when nothing that it asked of the world is outstanding', async () => {
    const { program, clock, answerReading } = start()
    clock.advance(0)
    let isIdle = false
    const idle = program.whenIdle().then(() => {
      isIdle = true
    })
    await Promise.resolve()
    assert.equal(isIdle, false)
    answerReading()
    await idle
    assert.equal(isIdle, true)
  })

  test('lets ages tick once a second while no reading comes', () => {
    const { program, clock } = start()
    const times: number[] = []
    program.subscribe(state => times.push(state.now - NOW))
    clock.advance(1500)
    assert.deepEqual(times, [0, 1000])
  })

  test('hears nothing more once it has been stopped', () => {
    const { program, clock, answerReading } = start()
    clock.advance(0)
    program.stop()
    answerReading()
    clock.advance(10_000)
    assert.equal(program.state().reading, null)
  })
})
