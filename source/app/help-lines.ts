import { bindingsOf, keyGroupsOf } from './key-groups.ts'
import { nameKey } from './key-names.ts'
import { KEY_GROUP_TITLES, type KeyGroup } from './key-places.ts'
import type { Binding } from './keys.ts'
import { bodySize } from './size.ts'
import type { State } from './state.ts'

/** A line of the help: the title of a group, a key with what it does, more of what it does, or nothing. */
export type HelpLine = { readonly title: string } | { readonly keys: string; readonly words: string }

/** Every key and what it does, from the list that the keys are read from; those that are heard here come first. */
export function helpLines(state: State): readonly HelpLine[] {
  const bindings = bindingsOf(state).filter(({ keys }) => keys.length > 0)
  const width = Math.max(LEAST_WORDS, state.size.columns - BESIDES - Math.max(...bindings.map(widthOfKeys)))
  return groupsFor(state).flatMap((group, index) => {
    const own = bindings.filter(({ where }) => where === group)
    if (own.length === 0) return []
    return [...(index === 0 ? [] : [{ title: '' }]), { title: KEY_GROUP_TITLES[group] }, ...own.flatMap(toLines(width))]
  })
}

/** How far the help can be scrolled: until its last line is in sight. */
export function mostHelpOffset(state: State): number {
  return Math.max(0, helpLines(state).length - helpHeight(state))
}

/** How many lines are seen at once; what is wrong with the connection has a line of its own above. */
export function helpHeight({ size, polling }: State): number {
  return Math.max(1, bodySize(size).rows - BORDER_ROWS - (polling.link.kind === 'live' ? 0 : 1))
}

const BORDER_ROWS = 2
/** The border and its padding, and what stands before and behind the keys. */
const BESIDES = 8
const LEAST_WORDS = 20

const namesOf = ({ keys }: Binding): string => keys.map(nameKey).join(' ')
const widthOfKeys = (binding: Binding): number => namesOf(binding).length

function groupsFor(state: State): readonly KeyGroup[] {
  return [...new Set([...keyGroupsOf(state), ...(Object.keys(KEY_GROUP_TITLES) as readonly KeyGroup[])])]
}

const toLines =
  (width: number) =>
  (binding: Binding): readonly HelpLine[] =>
    breakWords(binding.words, width).map((words, index) => ({ keys: index === 0 ? namesOf(binding) : '', words }))

/** The words of keys are our own, and of ASCII: a character is a cell. */
function breakWords(text: string, width: number): readonly string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
