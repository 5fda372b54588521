import { Readable } from 'node:stream'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** Test files that are run together. */
export type Round = {
  readonly files: readonly string[]
  /** `true`: as many files at once as there are processors, less one. */
  readonly concurrency: number | true
  /** For one file. */
  readonly limitMs: number
  /** Whether passed tests are printed too. */
  readonly isTold: boolean
}

export type Counts = Record<'tests' | 'suites' | 'passed' | 'failed' | 'cancelled' | 'skipped' | 'todo', number>

type TestEvent = { readonly type: string; readonly data: unknown }

/**
 * Runs the rounds one after the other and prints what failed, as Node's own reporter does; its last lines are the
 * counts of all rounds together.
 */
export async function runAndReport(rounds: readonly Round[], signal: AbortSignal): Promise<Counts> {
  const startedAt = performance.now()
  const sum: Counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 }
  const onCounts = (counts: Counts): void => {
    for (const [name, count] of Object.entries(counts)) if (name in sum) sum[name as keyof Counts] += count
  }
  await print(eventsOf(rounds, signal, onCounts))
  await print(summaryOf(sum, performance.now() - startedAt))
  return sum
}

async function print(events: Iterable<TestEvent> | AsyncIterable<TestEvent>): Promise<void> {
  for await (const text of Readable.from(events).compose(new spec())) process.stdout.write(text)
}

async function* eventsOf(rounds: readonly Round[], signal: AbortSignal, onCounts: (counts: Counts) => void) {
  for (const round of rounds.filter(({ files }) => files.length > 0)) {
    for await (const event of runRound(round, signal)) {
      const counts = countsOf(event)
      if (counts !== null) onCounts(counts)
      if (isShown(event, round.isTold)) yield event
    }
  }
}

function runRound({ files, concurrency, limitMs }: Round, signal: AbortSignal): AsyncIterable<TestEvent> {
  return run({ files: [...files], concurrency, timeout: limitMs, execArgv: ['--import', 'tsx'], signal })
}

/** The counts of a whole round: its last event, the one summary that names no file. */
function countsOf({ type, data }: TestEvent): Counts | null {
  if (type !== 'test:summary') return null
  const { file, counts } = data as { readonly file?: string; readonly counts: Counts }
  return file === undefined ? counts : null
}

const COUNT_LINE = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/

/** Each round ends with diagnostics that sum it up; ours come last. */
function isShown({ type, data }: TestEvent, isTold: boolean): boolean {
  if (type === 'test:summary') return false
  if (type === 'test:diagnostic') return !COUNT_LINE.test((data as { readonly message: string }).message)
  return isTold || (type !== 'test:start' && type !== 'test:pass')
}

function summaryOf(sum: Counts, durationMs: number): readonly TestEvent[] {
  const { tests, suites, passed: pass, failed: fail, cancelled, skipped, todo } = sum
  const figures = { tests, suites, pass, fail, cancelled, skipped, todo, duration_ms: durationMs }
  return Object.entries(figures).map(([name, value]) => ({
    type: 'test:diagnostic',
    data: { nesting: 0, message: `${name} ${value}`, level: 'info' },
  }))
}
