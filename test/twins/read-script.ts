import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Chance, Condition, Script, Step } from './script.ts'
import { ACTIONS } from './twin.ts'

/**
 * Reads a script. Its lines, after a comment that tells the story:
 *
 *     managers node1 node2        in the swarm when it begins; also: workers node3. Without both there is no swarm
 *     by chance: nodes            what Swarm draws by lot here: nodes, slots, leader
 *     every day                   played in every run of the tests
 *
 *     node1$ docker node ls       a command on a machine's engine
 *     kill node3                  also: poweroff, stop, start, cut, heal
 *     until web has 6/6           the REPLICAS of service ls
 *     until web is still          nothing of the service is on its way any more
 *     until web is paused         the state of its update
 *     until web has 2 failed      tasks in a state, of those that are shown
 *     until web says no suitable  in the error of a task
 *     until node3 is down         also: ready, unknown; leader, reachable, unreachable, worker; gone
 *     until there is a leader
 *     until node3 answers         its own engine does, as managers can
 *     until web is removed        and its tasks are gone
 *     pass 5 s
 *     look                        nodes, services and tasks are compared here
 *
 * In a command `<node1>` is a machine's address, `<worker token>` and `<manager token>` are the swarm's, and
 * `--no-resolve-image` is added where it belongs, since no registry can be reached. A backslash at the end of a line
 * carries on in the next.
 */
export function readScript(path: string): Script {
  const lines = joinLines(readFileSync(path, 'utf8').split('\n'))
  const title = lines.slice(
    0,
    Math.max(
      0,
      lines.findIndex(({ text }) => !text.startsWith('#')),
    ),
  )
  const said = lines.filter(({ text }) => text !== '' && !text.startsWith('#'))
  const find = (words: string): readonly string[] =>
    said.filter(({ text }) => text.startsWith(words)).flatMap(({ text }) => text.slice(words.length).split(' '))
  return {
    name: basename(path, '.script'),
    title: title.map(({ text }) => text.replace(/^# ?/, '')).join(' '),
    start: { managers: find('managers '), workers: find('workers ') },
    chance: new Set(find('by chance: ').map(readChance)),
    isEveryday: said.some(({ text }) => text === 'every day'),
    steps: said.filter(({ text }) => !HEAD.test(text)).map(line => readStep(path, line)),
  }
}

type Line = { readonly line: number; readonly text: string }

const HEAD = /^(managers |workers |by chance: |every day$)/

function joinLines(lines: readonly string[]): readonly Line[] {
  const joined: Line[] = []
  for (const [index, text] of lines.entries()) {
    const before = joined.at(-1)
    if (before?.text.endsWith('\\')) {
      joined[joined.length - 1] = { ...before, text: before.text.slice(0, -1) + text.trim() }
    } else joined.push({ line: index + 1, text: text.trim() })
  }
  return joined
}

function readChance(word: string): Chance {
  if (word === 'nodes' || word === 'slots' || word === 'leader') return word
  throw new Error(`nothing is drawn by lot that is called ${word}`)
}

function readStep(path: string, line: Line): Step {
  const { text } = line
  const docker = /^(\w+)\$ docker (.*)$/.exec(text)
  if (docker !== null) return { ...line, kind: 'docker', machine: docker[1] ?? '', words: splitWords(docker[2] ?? '') }
  const [verb = '', ...rest] = text.split(' ')
  const action = ACTIONS.find(name => name === verb)
  if (action !== undefined && rest.length === 1) return { ...line, kind: 'strike', action, machine: rest[0] ?? '' }
  const seconds = /^pass ([\d.]+) s$/.exec(text)?.[1]
  if (seconds !== undefined) return { ...line, kind: 'pass', seconds: Number(seconds) }
  if (text === 'look') return { ...line, kind: 'look' }
  const condition = verb === 'until' ? readCondition(text.slice('until '.length)) : null
  if (condition !== null) return { ...line, kind: 'until', condition }
  throw new Error(`${path}:${line.line}: nobody understands "${text}"`)
}

const UPDATE_STATES = ['paused', 'updating', 'completed', 'rollback_started', 'rollback_paused', 'rollback_completed']

function readCondition(text: string): Condition | null {
  if (text === 'there is a leader') return { kind: 'leader' }
  if (text.endsWith(' answers')) return { kind: 'answers', machine: text.replace(' answers', '') }
  const [, subject = '', verb = '', rest = ''] = /^(\S+) (has|is|says) (.+)$/.exec(text) ?? []
  if (verb === 'says') return { kind: 'says', service: subject, words: rest }
  if (verb === 'has') {
    const [count = '', state] = rest.split(' ')
    if (count.includes('/')) return { kind: 'replicas', service: subject, replicas: rest }
    return state === undefined ? null : { kind: 'tasks', service: subject, count: Number(count), state }
  }
  if (verb !== 'is') return null
  if (rest === 'still') return { kind: 'still', service: subject }
  if (rest === 'removed') return { kind: 'removed', service: subject }
  if (UPDATE_STATES.includes(rest)) return { kind: 'update', service: subject, state: rest }
  return { kind: 'node', node: subject, state: rest }
}

/** As a shell does, as far as our scripts go: blanks separate, quotes of either kind hold together, and so do pointed brackets. */
function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:'[^']*'|"[^"]*"|<[^>]*>|[^\s'"<])+/g) ?? []
  return words.map(word => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double))
}
