import { isMachineAction } from '../../rules/machine-action.ts'
import { type Complaint, sayUnknown } from '../../yaml/complaint.ts'
import { everyService } from './every-service.ts'
import { expandMachines } from './expand-machines.ts'
import type { ScenarioText } from './schema/scenario-schema.ts'
import { ACTION_WORDS, type ActionWord, type StepText } from './schema/timeline-schema.ts'
import { wordsOf } from './to-steps.ts'

const SHORTEST_ROUND_MS = 1_000

/** Every entry says one thing that happens, to something that there is. */
export function checkTimeline(text: ScenarioText): readonly Complaint[] {
  const services = everyService(text)
  const machines = expandMachines(text.machines)
  const known: Known = {
    services: [...new Set(services.map(({ name }) => name))],
    nodes: machines.filter(({ entry }) => entry.role !== 'none').map(({ name }) => name),
    machines: [...machines.map(({ name }) => name), 'leader', 'all'],
    globals: services.flatMap(({ name, service }) => (service.mode === 'replicated' ? [] : [name])),
  }
  return text.timeline.flatMap((step, index) =>
    checkStep(step, text.history, known).map(({ path, text }) => ({ path: ['timeline', index, ...path], text })),
  )
}

type Known = {
  /** Where there are none they are left to whoever plays the scenario, and a load may wait for one of any name. */
  readonly services: readonly string[]
  readonly nodes: readonly string[]
  readonly machines: readonly string[]
  /** Services that have no number of replicas. */
  readonly globals: readonly string[]
}

function checkStep(step: StepText, historyMs: number, known: Known): readonly Complaint[] {
  const complaints: Complaint[] = []
  const [word, surplus] = wordsOf(step)
  if (step.at < 0 - historyMs) {
    complaints.push({ path: ['at'], text: 'at lies before the beginning: give the scenario a longer history' })
  }
  if (step.every !== undefined && step.every < SHORTEST_ROUND_MS) {
    complaints.push({ path: ['every'], text: 'every should be 1s or longer' })
  }
  if (word === undefined) {
    complaints.push({ path: [], text: `Nothing happens in this entry: write one of ${ACTION_WORDS.join(', ')}` })
    return complaints
  }
  if (surplus !== undefined) {
    complaints.push({ path: [surplus], text: `${surplus} is a second thing to happen: make it an entry of its own` })
  }
  if (word !== 'crash' && step['exit-code'] !== undefined) {
    complaints.push({ path: ['exit-code'], text: 'exit-code goes with crash' })
  }
  return [...complaints, ...checkNames(step, word, known)]
}

function checkNames(step: StepText, word: ActionWord, known: Known): readonly Complaint[] {
  if (word === 'create' || (word === 'load' && known.services.length === 0)) return []
  const [kind, names] = namesFor(word, known)
  const said = step[word] ?? []
  const unknown = (name: string) => !names.includes(name)
  if (Array.isArray(said)) {
    return said.flatMap((name: string, index) =>
      unknown(name) ? [{ path: [word, index], text: sayUnknown(kind, name, names) }] : [],
    )
  }
  return Object.keys(said).flatMap(name => {
    if (unknown(name)) return [{ path: [word, name], text: sayUnknown(kind, name, names) }]
    if (word !== 'scale' || !known.globals.includes(name)) return []
    return [{ path: [word, name], text: `${name} cannot be scaled: only replicated services can` }]
  })
}

function namesFor(word: ActionWord, known: Known): readonly [kind: string, names: readonly string[]] {
  if (isMachineAction(word)) return ['machine', known.machines]
  const isOfNodes = ['activate', 'pause', 'drain', 'promote', 'demote'].includes(word)
  return isOfNodes ? ['node', known.nodes] : ['service', known.services]
}
