import type { LogLoop, TimedLine } from '../world/container.ts'
import { readPing } from './read-ping.ts'
import { readScript, type Statement } from './read-script.ts'
import { readSleep } from './read-sleep.ts'

/** What a command does once it has started: what it writes when, and how it ends; times in milliseconds. */
export type Deed = {
  readonly lines: readonly TimedLine[]
  /** What it writes over and over after that. */
  readonly loop: LogLoop | null
  /** Null: it runs for ever. */
  readonly end: { readonly afterMs: number; readonly code: number } | null
}

/** Lines without a pause between them would be without number. */
const SHORTEST_LOOP_MS = 100
const SHELLS = ['sh', 'ash', 'bash', 'dash']

/**
 * What the few commands do that people try things out with; null for all others, of which nothing is known. A shell
 * ends at once where it has no terminal to read from.
 */
export function readCommand(words: readonly string[], hasTerminal: boolean): Deed | null {
  const [program = '', ...rest] = words
  if (!SHELLS.includes(nameOf(program))) return readSimple(words)
  if (rest.length === 0) return hasTerminal ? FOR_EVER : endsWith(0)
  const [flags = '', script = ''] = rest
  const statements = /^-[eux]*c$/.test(flags) ? readScript(script) : null
  return statements === null ? null : perform(statements)
}

const FOR_EVER: Deed = { lines: [], loop: null, end: null }

/** One after the other; what comes after `&&` only when what was before went well. */
function perform(statements: readonly Statement[]): Deed | null {
  let done = endsWith(0)
  let isSkipped = false
  for (let index = 0; index < statements.length; index++) {
    const { words, isCondition } = statements[index] ?? NOTHING
    const loop = words[0] === 'while' ? takeLoop(statements, index) : null
    if (words[0] === 'while' && loop === null) return null
    if (loop !== null) index = loop.lastIndex
    if (!isSkipped) {
      const deed = loop === null ? performOne(words, done) : repeat(loop.condition, loop.body)
      if (deed === null) return null
      done = follow(done, deed)
      if (done.end === null || words[0] === 'exit') return done
    }
    isSkipped = (loop === null ? isCondition : (statements[index]?.isCondition ?? false)) && done.end?.code !== 0
  }
  return done
}

const NOTHING: Statement = { words: [], isCondition: false }

function performOne(words: readonly string[], before: Deed): Deed | null {
  const [program, ...rest] = words
  if (program === 'exec') return readSimple(rest)
  if (program !== 'exit') return readSimple(words)
  const [code = String(before.end?.code ?? 0)] = rest
  return /^\d{1,3}$/.test(code) ? endsWith(Number(code) % 256) : null
}

type Loop = {
  readonly condition: readonly string[]
  readonly body: readonly Statement[]
  readonly lastIndex: number
}

/** `while …; do …; done`, without another one inside. */
function takeLoop(statements: readonly Statement[], from: number): Loop | null {
  const lastIndex = statements.findIndex(({ words }, index) => index > from && words.join(' ') === 'done')
  const [first, ...others] = statements.slice(from + 1, lastIndex)
  if (lastIndex < 0 || first?.words[0] !== 'do') return null
  const body = [{ ...first, words: first.words.slice(1) }, ...others].filter(({ words }) => words.length > 0)
  if (body.some(({ words }) => ['while', 'exit'].includes(words[0] ?? ''))) return null
  return { condition: statements[from]?.words.slice(1) ?? [], body, lastIndex }
}

function repeat(condition: readonly string[], body: readonly Statement[]): Deed | null {
  const [asked, round] = [readSimple(condition), perform(body)]
  if (asked?.end == null || round === null) return null
  if (asked.end.code !== 0) return { ...asked, end: { ...asked.end, code: 0 } }
  const whole = follow(asked, round)
  if (whole.end === null || whole.lines.length === 0) return { ...whole, end: null }
  const periodMs = Math.max(SHORTEST_LOOP_MS, whole.end.afterMs)
  return { lines: [], loop: { fromMs: 0, periodMs, lines: whole.lines }, end: null }
}

function follow({ lines, end }: Deed, next: Deed): Deed {
  const fromMs = end?.afterMs ?? 0
  return {
    lines: [...lines, ...next.lines.map(({ afterMs, text }) => ({ afterMs: fromMs + afterMs, text }))],
    loop: next.loop && { ...next.loop, fromMs: fromMs + next.loop.fromMs },
    end: next.end && { ...next.end, afterMs: fromMs + next.end.afterMs },
  }
}

function readSimple([program = '', ...words]: readonly string[]): Deed | null {
  switch (nameOf(program)) {
    case 'true':
    case ':':
      return endsWith(0)
    case 'false':
      return endsWith(1)
    case 'sleep':
      return readSleep(words)
    case 'echo':
      return says(readEcho(words))
    case 'date':
      return words.length === 0 || words.join() === '-u' ? says('{date}') : null
    case 'hostname':
      return words.length === 0 ? says('{hostname}') : null
    case 'ping':
      return readPing(words)
    // Its standard input is /dev/null.
    case 'cat':
      return words.length === 0 ? endsWith(0) : null
    case 'tail':
      return words.some(word => /^-[fF]/.test(word)) ? FOR_EVER : null
    case 'top':
      return FOR_EVER
    default:
      return null
  }
}

/** Errors are told by the mark that log lines have: `echo … >&2`. */
function readEcho(words: readonly string[]): string {
  const isError = words.some(word => TO_STDERR.includes(word))
  const spoken = words.filter((word, index) => !TO_STDERR.includes(word) && !(index === 0 && /^-[neE]+$/.test(word)))
  return `${isError ? '2> ' : ''}${spoken.join(' ')}`
}

const TO_STDERR = ['>&2', '1>&2']

function says(text: string): Deed {
  return { ...endsWith(0), lines: [{ afterMs: 0, text }] }
}

function endsWith(code: number): Deed {
  return { lines: [], loop: null, end: { afterMs: 0, code } }
}

function nameOf(program: string): string {
  return program.replace(/^.*\//, '')
}
