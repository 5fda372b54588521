import { currentView } from './current-view.ts'
import { BINDINGS, type Binding, type KeyGroup } from './keys.ts'
import type { Panel } from './screen.ts'
import { isSimulated } from './simulating.ts'
import type { State } from './state.ts'

/** The keys as this person has them. */
export const bindingsOf = ({ settings }: State): readonly Binding[] => settings.bindings ?? BINDINGS

/** Whose keys are heard here, those that come first before the others. */
export function keyGroupsOf(state: State): readonly KeyGroup[] {
  const group = keyGroupOf(state)
  const own: readonly KeyGroup[] = group === 'everywhere' ? [] : [group]
  if (!isSimulated(state)) return [...own, 'everywhere']
  return [...own, ...(group === 'node' ? (['machine'] as const) : []), 'time', 'everywhere']
}

/** What the keys of one thing would act on here. */
function keyGroupOf(state: State): KeyGroup {
  const { screen, focus } = currentView(state)
  if (focus === 'tasks' && screen.kind !== 'node' && screen.kind !== 'service') return 'task'
  if (screen.kind === 'node') return 'node'
  if (screen.kind === 'service') return 'service'
  return GROUP_OF_PANEL[focus] ?? 'everywhere'
}

const GROUP_OF_PANEL: Readonly<Partial<Record<Panel, KeyGroup>>> = {
  nodes: 'node',
  services: 'service',
  slots: 'service',
  matrix: 'service',
  lanes: 'service',
  tasks: 'task',
  logs: 'logs',
  inspect: 'inspect',
  'swarm-facts': 'swarm',
}
