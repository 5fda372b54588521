import type { Intent } from './intent.ts'

/**
 * One key (or several for the same thing), what it means and the words for it. This one list answers the key press,
 * draws the key bar and the help, and writes the readme's table, so that none of them can differ.
 */
export type Binding = {
  /** As in `key-pressed` events: `d`, `ctrl+d`, `enter`, `pageup`. */
  readonly keys: readonly string[]
  readonly intent: Intent
  /** For the help: `drain: move its tasks away and give it none`. */
  readonly words: string
  /** For the key bar, one word; `''` when it is not worth its place there. */
  readonly bar: string
  readonly where: KeyGroup
}

/** `machine`: on a node of a simulation, besides what is on any node; `time`: anywhere in one. */
export type KeyGroup = 'everywhere' | 'node' | 'service' | 'machine' | 'time'

export const KEY_GROUP_TITLES: Readonly<Record<KeyGroup, string>> = {
  everywhere: 'Everywhere',
  node: 'On a node',
  service: 'On a service',
  machine: 'On a node of a simulation',
  time: 'In a simulation',
}

export const BINDINGS: readonly Binding[] = [
  bind('everywhere', ['?'], { kind: 'help' }, 'this help', 'help'),
  bind('everywhere', ['/'], { kind: 'filter' }, 'filter: text, !text, node:w1 state:failed image:redis', 'filter'),
  bind('everywhere', [':'], { kind: 'command' }, 'go by name: :nodes, :svc ping', 'go'),
  bind('everywhere', ['enter'], { kind: 'open' }, 'open: a service shows its slots, a node its tasks', 'open'),
  bind(
    'everywhere',
    ['esc'],
    { kind: 'back' },
    'clear the filter, then go back; at home: watch an operation no longer',
    'back',
  ),
  bind('everywhere', ['q'], { kind: 'leave' }, 'back; quits at the first screen', ''),
  bind('everywhere', ['ctrl+c'], { kind: 'quit' }, 'quit', ''),
  bind('everywhere', ['tab'], { kind: 'next-panel', direction: 1 }, 'next panel', 'panel'),
  bind('everywhere', ['shift+tab'], { kind: 'next-panel', direction: -1 }, 'previous panel', ''),
  bind('everywhere', ['down', 'j'], { kind: 'move', by: 'row', direction: 1 }, 'down', ''),
  bind('everywhere', ['up', 'k'], { kind: 'move', by: 'row', direction: -1 }, 'up', ''),
  bind('everywhere', ['right', 'l'], { kind: 'next-panel', direction: 1 }, 'panel to the right', ''),
  bind('everywhere', ['left', 'h'], { kind: 'next-panel', direction: -1 }, 'panel to the left', ''),
  bind('everywhere', ['pagedown', 'ctrl+f'], { kind: 'move', by: 'page', direction: 1 }, 'a page down', ''),
  bind('everywhere', ['pageup', 'ctrl+b'], { kind: 'move', by: 'page', direction: -1 }, 'a page up', ''),
  bind('everywhere', ['home', 'g'], { kind: 'move', by: 'end', direction: -1 }, 'to the first', ''),
  bind('everywhere', ['end', 'G'], { kind: 'move', by: 'end', direction: 1 }, 'to the last', ''),
  bind('everywhere', ['R', 'f5'], { kind: 'read-now' }, 'read now', ''),
  bind('everywhere', ['-'], { kind: 'last-view' }, 'the view before this one', ''),
  bind('everywhere', ['1'], { kind: 'go', screen: 'overview' }, 'overview', ''),
  bind('everywhere', ['2'], { kind: 'go', screen: 'nodes' }, 'nodes', ''),
  bind('everywhere', ['3'], { kind: 'go', screen: 'services' }, 'services', ''),
  bind('everywhere', ['4'], { kind: 'go', screen: 'events' }, 'events', ''),
  bind('node', ['d'], { kind: 'operate', operation: 'drain' }, 'drain: move its tasks away and give it none', 'drain'),
  bind('node', ['a'], { kind: 'operate', operation: 'activate' }, 'activate: give it tasks again', 'activate'),
  bind('node', ['b'], { kind: 'operate', operation: 'pause' }, 'pause: block new tasks, leave those it has', 'pause'),
  bind('node', ['p'], { kind: 'operate', operation: 'promote' }, 'promote to a manager', 'promote'),
  bind('node', ['m'], { kind: 'operate', operation: 'demote' }, 'demote: make it a worker', 'demote'),
  bind(
    'service',
    ['f', 'r'],
    { kind: 'operate', operation: 'force-update' },
    'force update: a new task in every slot',
    'force update',
  ),
  bind('machine', ['K'], { kind: 'strike', action: 'kill' }, 'kill its machine', 'kill'),
  bind('machine', ['S'], { kind: 'strike', action: 'start' }, 'start its machine again', 'start'),
  bind(
    'machine',
    ['X'],
    { kind: 'strike', action: 'cut-or-heal' },
    'cut its machine off the network, or heal it',
    'cut',
  ),
  bind('time', ['\\'], { kind: 'pause-or-go-on' }, 'pause time, or let it go on', 'pause'),
  bind('time', ['['], { kind: 'change-speed', direction: -1 }, 'slower', 'slower'),
  bind('time', [']'], { kind: 'change-speed', direction: 1 }, 'faster', 'faster'),
  bind('time', ['.'], { kind: 'step-on' }, 'one second on, and pause', 'step'),
]

function bind(where: KeyGroup, keys: readonly string[], intent: Intent, words: string, bar: string): Binding {
  return { where, keys, intent, words, bar }
}

/** The binding of a key where these groups are heard; those of the first come before the others. */
export function findBinding(key: string, groups: readonly KeyGroup[]): Binding | null {
  const candidates = BINDINGS.filter(binding => binding.keys.includes(key) && groups.includes(binding.where))
  return candidates.toSorted((one, other) => groups.indexOf(one.where) - groups.indexOf(other.where))[0] ?? null
}

/** As a person would say it: `Ctrl+C`, `↑`, `PgDn`. */
export function nameKey(key: string): string {
  return KEY_NAMES[key] ?? key.replace(/^ctrl\+/, 'Ctrl+').replace(/^shift\+/, 'Shift+')
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  f5: 'F5',
  'ctrl+c': 'Ctrl+C',
  'ctrl+f': 'Ctrl+F',
  'ctrl+b': 'Ctrl+B',
}
