import type { Chance } from './script.ts'

type Printed = { readonly exitCode: number; readonly out: string; readonly error: string }

/** What a command printed, as far as it must be the same each time: no column widths, no steps of progress. */
export function settlePrinted({ exitCode, out, error }: Printed, chance: ReadonlySet<Chance>) {
  return { exitCode, out: settle(out, chance), error: settle(error, chance) }
}

function settle(text: string, chance: ReadonlySet<Chance>): readonly string[] {
  const lines = text.split('\n').map(line => line.trimEnd().replace(/ {2,}/g, '  '))
  const lasting = lines.filter(line => line !== '' && !PROGRESS.test(line))
  const loosened = lasting.map(line => loosen(line, chance))
  return isTableOfTasks(loosened) && chance.has('nodes') ? loosened.toSorted() : [...new Set(loosened)]
}

/** Where the CLI does not write to a terminal each step of its progress is a line, as many as it happened to see. */
const PROGRESS = /^(overall progress:|\d+\/\d+:|<\w+>: |verify: (Waiting|Detected))/

/** Whose deadline is over first is chance: that of the engine that was asked, or of the one that it asked in turn. */
const TOO_LATE = /code = (Unknown|DeadlineExceeded) (?=desc = context deadline exceeded)/

function loosen(text: string, chance: ReadonlySet<Chance>): string {
  const line = text.replace(TOO_LATE, '')
  const led = chance.has('leader') ? line.replace(/\b(Leader|Reachable)\b/, 'Leader or Reachable') : line
  return chance.has('nodes') && /(Running|Ready|Shutdown|Remove|Complete) /.test(led)
    ? led.replace(/\bnode\d+/, 'a node')
    : led
}

function isTableOfTasks([head = '']: readonly string[]): boolean {
  return head.includes('DESIRED STATE')
}
