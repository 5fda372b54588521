import type { ApiReading } from '../../source/api/info.ts'
import { currentView } from '../../source/app/current-view.ts'
import type { Effect } from '../../source/app/effect.ts'
import type { AppEvent } from '../../source/app/event.ts'
import { initialState } from '../../source/app/initial-state.ts'
import { describeEntry } from '../../source/app/journal-words.ts'
import type { Settings, State } from '../../source/app/state.ts'
import { update } from '../../source/app/update.ts'
import type { Plan } from '../../source/operations/plan.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import { apiReading, NOW } from './api-builders.ts'
import { planOf } from './plan-builders.ts'

type WithoutNow<T> = T extends unknown ? Omit<T, 'now'> : never

/** How it begins, besides its settings. */
type Begin = Pick<Parameters<typeof initialState>[0], 'preferences' | 'screen'>

/** The program's inside with a clock that is held: events go in, effects come out, and nothing else happens. */
export class App {
  state: State
  now = NOW
  /** What was asked of the world since the last look. */
  effects: Effect[] = []

  constructor(settings: Partial<Settings> = {}, begin: Begin = {}) {
    const usual: Settings = {
      source: { kind: 'engine', name: 'test' },
      hosts: ['unix:///m1.sock'],
      intervalMs: 1000,
      isReadOnly: false,
    }
    this.state = initialState({ settings: { ...usual, ...settings }, now: NOW, columns: 120, rows: 36, ...begin })
  }

  happen(event: WithoutNow<AppEvent>): this {
    const step = update(this.state, { ...event, now: this.now } as AppEvent)
    this.state = step.state
    this.effects.push(...step.effects)
    return this
  }

  /** Lets the clock run and tells the program of it, as its timer would. */
  pass(ms: number): this {
    this.now += ms
    return this.happen({ kind: 'ticked' })
  }

  press(...keys: string[]): this {
    for (const key of keys) this.happen({ kind: 'key-pressed', key })
    return this
  }

  /** Time for a person to read what is on the screen, and for the plan that belongs to it. */
  consider(plan: Plan = planOf()): this {
    this.plan(plan).now += 500
    return this
  }

  /** The rehearsal that a question waits for is at its end. */
  plan(plan: Plan = planOf()): this {
    const number = this.state.acting.question?.planning?.number ?? null
    return number === null ? this : this.happen({ kind: 'rehearsed', number, plan })
  }

  type(text: string): this {
    return this.press(...Array.from(text, letter => (letter === ' ' ? 'space' : letter)))
  }

  /** The reading that is under way is answered. */
  answer(words: Partial<ApiReading> = {}): this {
    const { inFlight, host } = this.state.polling
    const number = inFlight?.number ?? -1
    return this.happen({ kind: 'reading-received', number, host, reading: apiReading(words), roundTripMs: 12 })
  }

  fail(problem: Problem): this {
    const { inFlight, host } = this.state.polling
    return this.happen({ kind: 'reading-failed', number: inFlight?.number ?? -1, host, problem })
  }

  answerPing(): this {
    return this.happen({ kind: 'ping-answered', number: this.state.polling.inFlight?.number ?? -1 })
  }

  /** A second goes by and the next reading brings this. */
  readNext(words: Partial<ApiReading> = {}): this {
    return this.pass(1000).answer(words)
  }

  /** The kinds of what was asked of the world since the last look, such as `read 1`. A rehearsal asks nothing of it. */
  asked(): readonly string[] {
    const ofWorld = this.effects.filter(({ kind }) => kind !== 'rehearse')
    const asked = ofWorld.map(effect => ('host' in effect ? `${effect.kind} ${effect.host}` : effect.kind))
    this.effects = []
    return asked
  }

  journal(): readonly string[] {
    return this.state.journal.map(entry => describeEntry(entry).text)
  }

  get view() {
    return currentView(this.state)
  }

  get notice(): string {
    return this.state.navigation.notice?.text ?? ''
  }
}

/** A program that has had its first reading. */
export function appWith(words: Partial<ApiReading>, settings: Partial<Settings> = {}, begin: Begin = {}): App {
  const app = new App(settings, begin).pass(0).answer(words)
  app.effects = []
  return app
}
