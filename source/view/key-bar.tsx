import { bindingsOf, keyGroupsOf } from '../app/key-groups.ts'
import { nameKey } from '../app/key-names.ts'
import type { KeyGroup } from '../app/key-places.ts'
import type { Binding } from '../app/keys.ts'
import type { Notice, State } from '../app/state.ts'
import { isUseful } from '../app/useful-keys.ts'
import { Line } from './line.tsx'
import { promptRow } from './prompt-row.ts'
import { joinRows, type Row, rowWidth, span, takeFitting } from './row.ts'
import { glyphsOf, KEY, type Looks, PLAIN, weightLook } from './theme.ts'

type Props = { readonly state: State; readonly looks: Looks }

/** The last line: what is being typed, else the answer to the last key, else the keys that do something here. */
export function KeyBar({ state, looks }: Props) {
  const { prompt, notice } = state.navigation
  const width = state.size.columns
  const row =
    prompt !== null
      ? promptRow(state, prompt, width - 2, looks)
      : notice !== null
        ? noticeRow(notice, looks)
        : keysRow(state, looks)
  return <Line row={[span(' '), ...row]} width={width} looks={looks} />
}

function noticeRow(notice: Notice, looks: Looks): Row {
  const sign = notice.weight === 'info' ? '' : `${glyphsOf(looks).warning} `
  return [span(sign + notice.text, weightLook(notice.weight))]
}

/** Of what lies in front, else of the screen. */
function keysRow(state: State, looks: Looks): Row {
  const { navigation, acting } = state
  if (acting.question?.question.confirmation.kind === 'type')
    return keyRows([
      ['Enter', 'do it, when the name is typed'],
      ['Esc', 'no'],
    ])
  if (acting.question !== null)
    return keyRows([
      ['y', 'yes'],
      ['n', 'no'],
      ['Esc', 'no'],
    ])
  if (navigation.isHelpOpen)
    return keyRows([
      ['j k', 'scroll'],
      ['Esc', 'close'],
    ])
  return barRow(state, looks)
}

const keyRows = (keys: readonly (readonly [key: string, words: string])[]): Row =>
  joinRows(
    keys.map(([key, words]) => [span(key, KEY), span(` ${words}`)]),
    GAP,
  )

/**
 * The keys of the selected thing come first, of a task that is selected beside another thing last; what changes
 * something is left out where nothing may be changed, and what would do nothing here. That a simulation can be held has a
 * place for sure: a person who needs it has no time to look it up.
 */
function barRow(state: State, looks: Looks): Row {
  const groups = keyGroupsOf(state)
  const isHeard = (group: KeyGroup) => !state.settings.isReadOnly || !CHANGING.includes(group)
  const own = groups.filter(group => !COMMON.includes(group) && isHeard(group))
  const common = groups.filter(group => COMMON.includes(group)).toReversed()
  const isBesides = (group: KeyGroup) => group === 'task' && own.length > 1
  const named = [...own.filter(group => !isBesides(group)), ...common, ...own.filter(isBesides)]
    .flatMap(group => bindingsOf(state).filter(binding => binding.where === group))
    .filter(binding => binding.bar !== '' && binding.keys.length > 0 && isUseful(state, binding))
  const rowOf = (binding: Binding) => bindingRow(binding, state)
  const width = state.size.columns - 2
  const all = joinRows(named.map(rowOf), GAP)
  if (rowWidth(all, looks) <= width) return all
  const isKept = ({ intent }: Binding) => intent.kind === 'pause-or-go-on'
  const kept = joinRows(named.filter(isKept).map(rowOf), GAP)
  const room = width - (kept.length === 0 ? 0 : rowWidth([GAP, ...kept], looks))
  const others = takeFitting(named.filter(binding => !isKept(binding)).map(rowOf), GAP, room, looks)
  return kept.length === 0 ? others : [...others, GAP, ...kept]
}

const GAP = span('  ')

const COMMON: readonly KeyGroup[] = ['everywhere', 'time']

/** These change something in the swarm. */
const CHANGING: readonly KeyGroup[] = ['node', 'service', 'machine']

function bindingRow(binding: Binding, state: State): Row {
  return [
    span(binding.intent.kind === 'go' ? screenKeys(state) : nameKey(binding.keys[0] ?? ''), KEY),
    span(` ${binding.bar}`, PLAIN),
  ]
}

/** One sign stands for the keys of all screens: `1-9`. */
function screenKeys(state: State): string {
  const keys = bindingsOf(state).flatMap(({ intent, keys: [key] }) =>
    intent.kind === 'go' && key !== undefined ? [key] : [],
  )
  return [keys[0], keys.at(-1)].map(key => nameKey(key ?? '')).join('-')
}
