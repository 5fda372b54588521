import { explainFailure } from './app/explain-failure.ts'
import type { State } from './app/state.ts'
import { connect } from './connect.ts'
import type { Source } from './find-source.ts'
import { reportAdvice } from './operations/report-advice.ts'
import type { Options } from './options.ts'
import type { Program } from './program.ts'
import { exitCodeOf, reportNoLeader, reportStatus } from './swarm/status-report.ts'
import { printStatus } from './view/print-status.ts'
import { visibleJson, visibleText } from './view/visible-text.ts'

/**
 * Prints one reading and resolves with the exit code: 0 healthy, 1 degraded, 2 critical, 3 no reading. It asks as the
 * dashboard asks, so that a manager that is gone, a slow line and a missing leader are told apart in the same way.
 */
export async function runStatus(options: Options, source: Source, asJson: boolean): Promise<number> {
  const { program, close } = connect({ options, source, columns: 80, rows: 24 })
  const state = await firstVerdict(program)
  await close()
  return printVerdict(state, source, { asJson, isAscii: options.isAscii })
}

/** A call that no leader answers fails after 20 s; a manager that hangs for longer than that must not hang a script. */
const LONGEST_ELECTION_MS = 25_000

/** The first state that can be reported: a reading, a swarm without a leader, or hosts that have all failed once. */
function firstVerdict(program: Program): Promise<State> {
  return new Promise(resolve => {
    const leave = program.subscribe(state => {
      const { link, failures } = state.polling
      const isWithoutQuorum =
        link.kind === 'no-leader' && (link.phase === 'no-quorum' || state.now - link.since > LONGEST_ELECTION_MS)
      const isFailed = failures >= state.settings.hosts.length
      if (state.reading === null && !isWithoutQuorum && !isFailed) return
      leave()
      resolve(state)
    })
  })
}

type Manner = { readonly asJson: boolean; readonly isAscii: boolean }

function printVerdict(state: State, source: Source, { asJson, isAscii }: Manner): number {
  const { link } = state.polling
  const about = { source: { kind: source.kind, name: source.name }, time: new Date(state.now).toISOString() }
  if (state.reading !== null) {
    const { cluster } = state.reading
    const advice = reportAdvice(cluster)
    const report = reportStatus({ ...about, cluster, advice })
    print(asJson ? toJson(report) : printStatus(cluster, advice, source.name, isAscii))
    return exitCodeOf(report)
  }
  if (link.kind === 'failed') {
    process.stderr.write(`swarmtop: ${visibleText(explainFailure(state, link.problem), isAscii)}\n`)
    return exitCodeOf(null)
  }
  const problem = link.kind === 'no-leader' ? link.problem : undefined
  const remoteManagers = problem?.managers?.length ?? null
  const report = reportNoLeader({ ...about, remoteManagers, detail: problem?.detail ?? '' })
  print(
    asJson
      ? toJson(report)
      : `${visibleText(`${source.name}: critical, ${report.problems.map(({ text }) => text).join('; ')}`, isAscii)}\n`,
  )
  return exitCodeOf(report)
}

function toJson(report: unknown): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`
}

function print(text: string): void {
  process.stdout.write(text)
}
