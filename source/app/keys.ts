import type { Intent } from './intent.ts'
import type { MaintenanceAction } from './maintenance/maintenance-keys.ts'

/**
 * One key (or several for the same thing), what it means and the words for it. This one list answers the key press,
 * draws the key bar and the help, and writes the readme's table, so that none of them can differ.
 */
export type Binding = {
  /** By which a person gives it other keys: `drain`, `page-down`. */
  readonly name: string
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
export type KeyGroup =
  | 'everywhere'
  | 'node'
  | 'service'
  | 'stack'
  | 'task'
  | 'logs'
  | 'inspect'
  | 'swarm'
  | 'rebalance'
  | 'maintenance'
  | 'operation'
  | 'machine'
  | 'time'

export const KEY_GROUP_TITLES: Readonly<Record<KeyGroup, string>> = {
  everywhere: 'Everywhere',
  node: 'On a node',
  service: 'On a service',
  stack: 'On a stack',
  task: 'On a task',
  logs: 'In logs',
  inspect: 'In inspect',
  swarm: 'On the swarm',
  rebalance: 'In a rebalance',
  maintenance: 'In a maintenance',
  operation: 'On an operation',
  machine: 'On a node of a simulation',
  time: 'In a simulation',
}

const HEARD_BESIDES: Readonly<Partial<Record<KeyGroup, readonly KeyGroup[]>>> = {
  node: ['task', 'machine'],
  service: ['task'],
}

/**
 * Whose keys are heard together: those of a place, in a simulation too, and those of everywhere; on a node and on a
 * service those of the task that is selected there.
 */
export const PLACES: readonly (readonly KeyGroup[])[] = (Object.keys(KEY_GROUP_TITLES) as readonly KeyGroup[])
  .filter(group => !['everywhere', 'machine', 'time'].includes(group))
  .map(group => [group, ...(HEARD_BESIDES[group] ?? []), 'time', 'everywhere'])

export const BINDINGS: readonly Binding[] = [
  bind('everywhere', 'help', ['?'], { kind: 'help' }, 'this help', 'help'),
  bind('everywhere', 'overview', ['1'], { kind: 'go', screen: 'overview' }, 'overview', 'screens'),
  bind('everywhere', 'nodes', ['2'], { kind: 'go', screen: 'nodes' }, 'nodes', ''),
  bind('everywhere', 'services', ['3'], { kind: 'go', screen: 'services' }, 'services', ''),
  bind('everywhere', 'tasks', ['4'], { kind: 'go', screen: 'tasks' }, 'tasks of everything, problems first', ''),
  bind('everywhere', 'stacks', ['5'], { kind: 'go', screen: 'stacks' }, 'stacks', ''),
  bind('everywhere', 'swarm', ['6'], { kind: 'go', screen: 'swarm' }, 'the swarm', ''),
  bind('everywhere', 'events', ['7'], { kind: 'go', screen: 'events' }, 'time line of the cluster', ''),
  bind('everywhere', 'matrix', ['8'], { kind: 'go', screen: 'matrix' }, 'matrix of services and nodes', ''),
  bind('everywhere', 'trends', ['9'], { kind: 'go', screen: 'trends' }, 'trends', ''),
  bind(
    'everywhere',
    'logs',
    ['l'],
    { kind: 'logs' },
    'logs of a service, a task, a stack, or of what is marked',
    'logs',
  ),
  bind('everywhere', 'why', ['w'], { kind: 'why' }, 'why it is not running', 'why'),
  bind('everywhere', 'lanes', ['t'], { kind: 'lanes' }, 'slots through time', 'time'),
  bind('everywhere', 'inspect', ['i'], { kind: 'inspect' }, 'inspect: the object as YAML or JSON', 'inspect'),
  bind(
    'everywhere',
    'filter',
    ['/'],
    { kind: 'filter' },
    'filter: text, !text, node:w1 state:failed image:redis; in logs and inspect: search',
    'filter',
  ),
  bind(
    'everywhere',
    'command',
    [':'],
    { kind: 'command' },
    'go or do by name: :nodes, :svc ping, :scale api 5, :drain w1',
    'go',
  ),
  bind('everywhere', 'open', ['enter'], { kind: 'open' }, 'open what is selected', 'open'),
  bind(
    'everywhere',
    'back',
    ['esc'],
    { kind: 'back' },
    'clear marks, then the filter, then go back; at home: let go of what was asked for last',
    'back',
  ),
  bind('everywhere', 'leave', ['q'], { kind: 'leave' }, 'back; quits at the first screen', ''),
  bind('everywhere', 'quit', ['ctrl+c'], { kind: 'quit' }, 'quit', ''),
  bind('everywhere', 'next-panel', ['tab'], { kind: 'next-panel', direction: 1 }, 'next panel', 'panel'),
  bind('everywhere', 'previous-panel', ['shift+tab'], { kind: 'next-panel', direction: -1 }, 'previous panel', ''),
  bind('everywhere', 'shorter-window', ['<'], { kind: 'change-window', direction: -1 }, 'a shorter span of time', ''),
  bind('everywhere', 'longer-window', ['>'], { kind: 'change-window', direction: 1 }, 'a longer span of time', ''),
  bind(
    'everywhere',
    'rebalance',
    ['B'],
    { kind: 'rebalance', action: 'open' },
    'rebalance: which services to renew so that nodes carry alike',
    '',
  ),
  bind('everywhere', 'down', ['down', 'j'], { kind: 'move', by: 'row', direction: 1 }, 'down', ''),
  bind('everywhere', 'up', ['up', 'k'], { kind: 'move', by: 'row', direction: -1 }, 'up', ''),
  bind('everywhere', 'right', ['right'], { kind: 'sideways', direction: 1 }, 'right, or the panel there', ''),
  bind('everywhere', 'left', ['left', 'h'], { kind: 'sideways', direction: -1 }, 'left, or the panel there', ''),
  bind(
    'everywhere',
    'page-down',
    ['pagedown', 'ctrl+f'],
    { kind: 'move', by: 'page', direction: 1 },
    'a page down',
    '',
  ),
  bind('everywhere', 'page-up', ['pageup', 'ctrl+b'], { kind: 'move', by: 'page', direction: -1 }, 'a page up', ''),
  bind('everywhere', 'first', ['home', 'g'], { kind: 'move', by: 'end', direction: -1 }, 'to the first', ''),
  bind('everywhere', 'last', ['end', 'G'], { kind: 'move', by: 'end', direction: 1 }, 'to the last', ''),
  bind('everywhere', 'next-hit', ['n'], { kind: 'hit', direction: 1 }, 'next hit of a search', ''),
  bind('everywhere', 'previous-hit', ['N'], { kind: 'hit', direction: -1 }, 'previous hit', ''),
  bind('everywhere', 'sort', ['o'], { kind: 'sort' }, 'order by the next column', 'sort'),
  bind('everywhere', 'flip-sort', ['O'], { kind: 'flip-sort' }, 'the other way round', ''),
  bind('everywhere', 'mark', ['space'], { kind: 'mark' }, 'mark, for logs and copying', ''),
  bind(
    'everywhere',
    'copy',
    ['c'],
    { kind: 'copy' },
    'copy the name, again its ID; or all that is marked, a fact, a part of an object',
    '',
  ),
  bind('everywhere', 'read-now', ['R', 'f5'], { kind: 'read-now' }, 'read now', ''),
  bind('everywhere', 'last-view', ['-'], { kind: 'last-view' }, 'the view before this one', ''),
  bind(
    'node',
    'drain',
    ['d'],
    { kind: 'operate', operation: 'drain' },
    'drain: move its tasks away and give it none',
    'drain',
  ),
  bind(
    'node',
    'activate',
    ['a'],
    { kind: 'operate', operation: 'activate' },
    'activate: give it tasks again',
    'activate',
  ),
  bind(
    'node',
    'pause',
    ['b'],
    { kind: 'operate', operation: 'pause' },
    'pause: block new tasks, leave those it has',
    'pause',
  ),
  bind('node', 'promote', ['p'], { kind: 'operate', operation: 'promote' }, 'promote to a manager', 'promote'),
  bind('node', 'demote', ['m'], { kind: 'operate', operation: 'demote' }, 'demote: make it a worker', 'demote'),
  bind(
    'node',
    'maintenance',
    ['M'],
    { kind: 'open-maintenance' },
    'maintenance: one after the other, with checks',
    'maintain',
  ),
  bind(
    'node',
    'label-node',
    ['L'],
    { kind: 'ask-value', of: 'label-node' },
    'change its labels: zone=a sets one, zone- takes it away',
    '',
  ),
  bind(
    'node',
    'remove-node',
    ['ctrl+d'],
    { kind: 'operate', operation: 'remove-node' },
    'remove from the swarm, a manager after it was demoted: its name has to be typed',
    '',
  ),
  bind(
    'service',
    'force-update',
    ['f', 'r'],
    { kind: 'operate', operation: 'force-update' },
    'force update: a new task in every slot',
    'force update',
  ),
  bind('service', 'scale', ['s'], { kind: 'ask-value', of: 'scale' }, 'scale: how many replicas', 'scale'),
  bind(
    'service',
    'change-image',
    ['e'],
    { kind: 'ask-value', of: 'change-image' },
    'change the image: its tag, and all else stays',
    'image',
  ),
  bind(
    'service',
    'roll-back',
    ['u'],
    { kind: 'operate', operation: 'roll-back' },
    'roll back to the settings before',
    'roll back',
  ),
  bind(
    'service',
    'resume-update',
    ['U'],
    { kind: 'operate', operation: 'resume-update' },
    'go on with an update that is paused',
    'resume',
  ),
  bind(
    'service',
    'label-service',
    ['L'],
    { kind: 'ask-value', of: 'label-service' },
    'change its labels: tier=web sets one, tier- takes it away',
    '',
  ),
  bind(
    'service',
    'remove-service',
    ['ctrl+d'],
    { kind: 'operate', operation: 'remove-service' },
    'remove: its name has to be typed',
    '',
  ),
  bind(
    'stack',
    'remove-stack',
    ['ctrl+d'],
    { kind: 'operate', operation: 'remove-stack' },
    'remove with its services, secrets, configs and networks: its name has to be typed',
    'remove',
  ),
  bind('task', 'to-service', ['J'], { kind: 'jump', to: 'service' }, 'go to its service', 'service'),
  bind('task', 'to-node', ['H'], { kind: 'jump', to: 'node' }, 'go to its node', 'node'),
  bind('logs', 'follow', ['s'], { kind: 'log', action: 'follow' }, 'follow, or stand still', 'follow'),
  bind('logs', 'wrap', ['w'], { kind: 'log', action: 'wrap' }, 'wrap long lines', 'wrap'),
  bind('logs', 'times', ['t'], { kind: 'log', action: 'times' }, 'time stamps', 'times'),
  bind('logs', 'full', ['f'], { kind: 'log', action: 'full' }, 'the whole screen', 'full'),
  bind('logs', 'only-hits', ['&'], { kind: 'log', action: 'only-hits' }, 'only the lines that match', 'matching'),
  bind('logs', 'save', ['ctrl+s'], { kind: 'log', action: 'save' }, 'save to a file', 'save'),
  bind('logs', 'since-tail', ['0'], { kind: 'log-since', choice: 0 }, 'the last lines', ''),
  bind('logs', 'since-head', ['1'], { kind: 'log-since', choice: 1 }, 'from the beginning', ''),
  bind('logs', 'since-1m', ['2'], { kind: 'log-since', choice: 2 }, 'the last minute', ''),
  bind('logs', 'since-5m', ['3'], { kind: 'log-since', choice: 3 }, 'the last 5 minutes', ''),
  bind('logs', 'since-15m', ['4'], { kind: 'log-since', choice: 4 }, 'the last 15 minutes', ''),
  bind('logs', 'since-30m', ['5'], { kind: 'log-since', choice: 5 }, 'the last 30 minutes', ''),
  bind('logs', 'since-1h', ['6'], { kind: 'log-since', choice: 6 }, 'the last hour', ''),
  bind('inspect', 'fold', ['space'], { kind: 'document', action: 'fold' }, 'fold or unfold', 'fold'),
  bind('inspect', 'fold-all', ['z'], { kind: 'document', action: 'fold-all' }, 'fold or unfold everything', ''),
  bind(
    'inspect',
    'reveal',
    ['v'],
    { kind: 'document', action: 'reveal' },
    'show what is masked: variables, tokens, labels and options named pass, secret, token, key or credential',
    'reveal',
  ),
  bind('inspect', 'format', ['y'], { kind: 'document', action: 'format' }, 'YAML or JSON', 'format'),
  bind('inspect', 'pager', ['P'], { kind: 'document', action: 'pager' }, 'open in $PAGER', ''),
  bind(
    'inspect',
    'editor',
    ['e'],
    { kind: 'document', action: 'editor' },
    'open a copy in $EDITOR; nothing is sent anywhere',
    '',
  ),
  bind('swarm', 'reveal-tokens', ['v'], { kind: 'document', action: 'reveal' }, 'show the join tokens', 'tokens'),
  bind(
    'swarm',
    'history-limit',
    ['H'],
    { kind: 'ask-value', of: 'set-history-limit' },
    'history limit: how many ended tasks a slot keeps',
    'history limit',
  ),
  bind(
    'rebalance',
    'choose',
    ['space'],
    { kind: 'rebalance', action: 'choose' },
    'choose a service, or leave it out',
    'choose',
  ),
  bind(
    'rebalance',
    'start-rebalance',
    ['enter'],
    { kind: 'rebalance', action: 'start' },
    'force update what is chosen, one service after another',
    'start',
  ),
  bind(
    'rebalance',
    'copy-commands',
    ['c'],
    { kind: 'rebalance', action: 'copy' },
    'copy the docker commands for what is chosen',
    'copy commands',
  ),
  maintain('go-on', ['enter'], 'go-on', 'begin; it is back; go on', 'go on'),
  maintain('change-manner', ['g'], 'change-manner', 'drain gracefully, or plainly', 'gracefully'),
  maintain('hold', ['s'], 'hold', 'hold it, or let it go on', 'hold'),
  maintain('skip', ['x'], 'skip', 'leave the selected node out; it gets back what it had', 'leave out'),
  maintain('take-over', ['T'], 'take-over', 'take over what somebody else has in maintenance', ''),
  maintain('give-up', ['A'], 'give-up', 'give up; again: and put back what was', 'give up'),
  maintain('leave-as-is', ['L'], 'leave', 'when giving up: leave the node as it is', ''),
  bind(
    'operation',
    'stop',
    ['x'],
    { kind: 'stop-operation' },
    'begin no more of it after what is under way; of one alone: watch it no longer',
    'stop',
  ),
  bind('machine', 'kill', ['K'], { kind: 'strike', action: 'kill' }, 'kill its machine', 'kill'),
  bind('machine', 'start', ['S'], { kind: 'strike', action: 'start' }, 'start its machine again', 'start'),
  bind(
    'machine',
    'cut',
    ['X'],
    { kind: 'strike', action: 'cut-or-heal' },
    'cut its machine off the network, or heal it',
    'cut',
  ),
  bind('time', 'pause-time', ['\\'], { kind: 'pause-or-go-on' }, 'pause time, or let it go on', 'pause'),
  bind('time', 'slower', ['['], { kind: 'change-speed', direction: -1 }, 'slower', 'slower'),
  bind('time', 'faster', [']'], { kind: 'change-speed', direction: 1 }, 'faster', 'faster'),
  bind('time', 'step', ['.'], { kind: 'step-on' }, 'one second on, and pause', 'step'),
]

function bind(
  where: KeyGroup,
  name: string,
  keys: readonly string[],
  intent: Intent,
  words: string,
  bar: string,
): Binding {
  return { where, name, keys, intent, words, bar }
}

function maintain(
  name: string,
  keys: readonly string[],
  action: MaintenanceAction,
  words: string,
  bar: string,
): Binding {
  return bind('maintenance', name, keys, { kind: 'maintain', action }, words, bar)
}

/** The binding of a key where these groups are heard; those of the first come before the others. */
export function findBinding(bindings: readonly Binding[], key: string, groups: readonly KeyGroup[]): Binding | null {
  const candidates = bindings.filter(binding => binding.keys.includes(key) && groups.includes(binding.where))
  return candidates.toSorted((one, other) => groups.indexOf(one.where) - groups.indexOf(other.where))[0] ?? null
}

/** As a person would say it: `Ctrl+C`, `↑`, `PgDn`. */
export function nameKey(key: string): string {
  return KEY_NAMES[key] ?? key.replace(/^ctrl\+(.)/, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`)
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
  'ctrl+s': 'Ctrl+S',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Delete',
}

/** The keys that no letter stands for, without those held with Ctrl. */
export const NAMED_KEYS: readonly string[] = Object.keys(KEY_NAMES).filter(key => !key.startsWith('ctrl+'))
