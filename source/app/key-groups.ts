import type { Subject } from '../swarm/doctor/finding.ts'
import { currentView } from './current-view.ts'
import { nameKey } from './key-names.ts'
import type { KeyGroup } from './key-places.ts'
import { BINDINGS, type Binding } from './keys.ts'
import type { Panel } from './screen.ts'
import { shownSubject } from './shown-service.ts'
import { isSimulated } from './simulating.ts'
import type { State } from './state.ts'

/** The keys as this person has them. */
export const bindingsOf = ({ settings }: State): readonly Binding[] => settings.bindings ?? BINDINGS

/** The key for this, as the person has it, in its place in a sentence; `''` where they have taken it away. */
export function sayKey(state: State, name: string, say: (key: string) => string): string {
  const key = bindingsOf(state).find(binding => binding.name === name)?.keys[0]
  return key === undefined ? '' : say(nameKey(key))
}

/** Whose keys are heard here, those that come first before the others. */
export function keyGroupsOf(state: State): readonly KeyGroup[] {
  const own = ownGroups(state)
  if (!isSimulated(state)) return [...own, 'everywhere']
  return [...own, ...(own.includes('node') ? (['machine'] as const) : []), 'time', 'everywhere']
}

/** What the keys of one thing would act on here: on the screen of a node, that node; and the task that is selected there. */
function ownGroups(state: State): readonly KeyGroup[] {
  const { screen, focus } = currentView(state)
  if (screen.kind === 'doctor') return GROUPS_OF_SUBJECT[shownSubject(state)?.kind ?? 'managers']
  const ofPanel = GROUPS_OF_PANEL[focus] ?? []
  if (screen.kind !== 'node' && screen.kind !== 'service') return ofPanel
  return [screen.kind, ...ofPanel.filter(group => group === 'task')]
}

const GROUPS_OF_SUBJECT: Readonly<Record<Subject['kind'], readonly KeyGroup[]>> = {
  node: ['node'],
  service: ['service'],
  slot: ['service', 'task'],
  swarm: [],
  managers: [],
}

const GROUPS_OF_PANEL: Readonly<Partial<Record<Panel, readonly KeyGroup[]>>> = {
  nodes: ['node'],
  services: ['service'],
  slots: ['service', 'task'],
  matrix: ['service'],
  lanes: ['service', 'task'],
  story: ['task'],
  tasks: ['task'],
  stacks: ['stack'],
  logs: ['logs'],
  inspect: ['inspect'],
  'swarm-facts': ['swarm'],
  rebalance: ['rebalance'],
  maintenance: ['maintenance'],
  operations: ['operation'],
}
