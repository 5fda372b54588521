import type { NamedKind } from './find-by-name.ts'
import type { PlainKind } from './meant-operations.ts'
import { LIST_SCREENS, type ListScreen } from './screen.ts'

/**
 * What can be entered after `:`. This one list reads the line, completes it and writes the help, so that none of them
 * can differ. What changes the swarm is asked about before it is done, as it is with its key.
 */
export type Command = {
  readonly name: string
  /** The docker CLI's and k9s' short forms. */
  readonly aliases: readonly string[]
  readonly takes: Argument | null
  /** Without what it takes it means nothing. */
  readonly isArgumentNeeded: boolean
  readonly does: Action
  /** For the hint and the help, as it goes on from what is typed: `services, or one by name`. */
  readonly words: string
}

/** Things of these kinds, the likeliest first, or a word of another sort. */
export type Argument = readonly NamedKind[] | 'theme' | 'switch' | 'column' | 'text'

export type Action =
  /** To the list, or to the one that is named. */
  | { readonly kind: 'go'; readonly screen: ListScreen }
  /** Of the one that is named, else of what is marked or selected; the one that is under way, where one is. */
  | { readonly kind: 'maintenance' }
  /** To the list, or change to the one that is named. */
  | { readonly kind: 'contexts' }
  | { readonly kind: 'logs' | 'inspect' | 'why' | 'lanes' }
  /** Asks about it, as its key in the question about a drain does. */
  | { readonly kind: 'drain-gracefully' }
  | { readonly kind: 'theme' | 'mouse' }
  | { readonly kind: 'time-zone'; readonly timeZone: 'utc' | 'local' }
  | { readonly kind: 'sort' | 'filter' }
  | { readonly kind: 'operate'; readonly operation: PlainKind }
  /** Whatever is named. */
  | { readonly kind: 'remove' }
  /** Behind what is named stands a value. */
  | { readonly kind: 'change'; readonly what: 'scale' | 'image' | 'label' | 'history' }
  | { readonly kind: 'recovery' | 'help' | 'quit' }

/** In the order of the docker CLI's `inspect`, as far as Swarm goes. */
const INSPECTED: readonly NamedKind[] = ['service', 'node', 'task', 'network', 'volume', 'secret', 'config']

/** The nouns are Swarm's; each has its screen. */
const NOUNS = {
  overview: { aliases: ['home', 'pulse'], takes: null, words: 'the overview' },
  nodes: { aliases: ['node', 'no'], takes: ['node'], words: 'nodes, or one by name' },
  services: { aliases: ['service', 'svc'], takes: ['service'], words: 'services, or one by name' },
  tasks: { aliases: ['task', 'ta', 'ps'], takes: ['task'], words: 'tasks of everything, or a slot: ping.3, an ID' },
  stacks: { aliases: ['stack', 'st'], takes: ['stack'], words: 'stacks, or one by name' },
  swarm: { aliases: ['sw'], takes: null, words: 'the swarm: CA, raft, autolock' },
  networks: { aliases: ['network', 'net'], takes: ['network'], words: 'networks, or one by name' },
  volumes: { aliases: ['volume', 'vol'], takes: ['volume'], words: 'volumes of this engine, or one by name' },
  secrets: { aliases: ['secret', 'sec'], takes: ['secret'], words: 'secrets, or one by name' },
  configs: { aliases: ['config', 'cfg'], takes: ['config'], words: 'configs, or one by name' },
  contexts: { aliases: ['context', 'ctx'], takes: ['context'], words: 'docker contexts, or change to one' },
  events: { aliases: ['event', 'ev', 'timeline'], takes: null, words: 'time line of the cluster' },
  matrix: { aliases: ['mx'], takes: null, words: 'matrix of services and nodes' },
  maintenance: { aliases: ['maint'], takes: ['node'], words: 'maintenance of a node, of what is marked, or under way' },
  trends: { aliases: ['trend', 'charts'], takes: null, words: 'trends' },
  doctor: { aliases: ['dr'], takes: null, words: 'what is wrong, or could go wrong' },
  rebalance: { aliases: ['rb', 'spread'], takes: null, words: 'spread tasks evenly again' },
  operations: {
    aliases: ['operation', 'ops', 'op'],
    takes: null,
    words: 'what was asked of the swarm, and how far it is',
  },
} satisfies Readonly<Record<ListScreen, Noun>>

type Noun = Pick<Command, 'aliases' | 'takes' | 'words'>

export const COMMANDS: readonly Command[] = [
  ...LIST_SCREENS.map(screen => noun(screen, NOUNS[screen])),
  verb('logs', ['log'], ['service', 'task', 'stack'], { kind: 'logs' }, 'logs of a service, a task, a stack'),
  verb('inspect', ['describe'], INSPECTED, { kind: 'inspect' }, 'an object as YAML or JSON'),
  verb('why', [], ['service', 'task'], { kind: 'why' }, 'why a slot is not running'),
  verb('time', ['lanes'], ['service'], { kind: 'lanes' }, 'the slots of a service through time'),
  operation('drain', [], 'node', 'drain', 'drain a node'),
  verb(
    'drain-gracefully',
    ['graceful'],
    ['node'],
    { kind: 'drain-gracefully' },
    'drain a node by the updates of its services',
  ),
  operation('activate', ['uncordon'], 'node', 'activate', 'activate a node'),
  operation('pause', ['cordon'], 'node', 'pause', 'pause a node'),
  operation('promote', [], 'node', 'promote', 'promote a node to a manager'),
  operation('demote', [], 'node', 'demote', 'demote a node to a worker'),
  operation('force', ['force-update', 'restart'], 'service', 'force-update', 'force update a service'),
  verb('scale', [], ['service'], { kind: 'change', what: 'scale' }, 'scale a service: scale api 5'),
  verb('image', ['img'], ['service'], { kind: 'change', what: 'image' }, 'change an image: image api api:1.9, or :1.9'),
  operation('rollback', ['roll-back', 'undo'], 'service', 'roll-back', 'roll a service back'),
  operation('resume', ['continue'], 'service', 'resume-update', 'go on with an update that is paused'),
  verb(
    'label',
    ['labels'],
    ['node', 'service'],
    { kind: 'change', what: 'label' },
    'change labels: label w1 zone=a disk-',
  ),
  verb(
    'remove',
    ['rm', 'delete'],
    ['node', 'service', 'stack'],
    { kind: 'remove' },
    'remove a node, a service, a stack',
  ),
  verb('history', [], 'text', { kind: 'change', what: 'history' }, 'how many ended tasks a slot keeps'),
  verb('sort', ['order'], 'column', { kind: 'sort' }, 'order by a column; with desc the other way round'),
  verb('filter', [], 'text', { kind: 'filter' }, 'narrow the list, as / does'),
  needy('theme', ['skin'], 'theme', { kind: 'theme' }, 'colours'),
  needy('mouse', [], 'switch', { kind: 'mouse' }, 'wheel and clicks, on or off'),
  verb('recovery', ['quorum'], null, { kind: 'recovery' }, 'how to get a lost quorum back, and what remains then'),
  verb('utc', [], null, { kind: 'time-zone', timeZone: 'utc' }, 'times of day in UTC'),
  verb('local', [], null, { kind: 'time-zone', timeZone: 'local' }, 'times of day as on this machine'),
  verb('help', ['h'], null, { kind: 'help' }, 'all keys and commands'),
  verb('quit', ['q', 'q!', 'exit'], null, { kind: 'quit' }, 'quit'),
]

function noun(screen: ListScreen, { aliases, takes, words }: Noun): Command {
  const does: Action = screen === 'contexts' || screen === 'maintenance' ? { kind: screen } : { kind: 'go', screen }
  return { name: screen, aliases, takes, isArgumentNeeded: false, does, words }
}

function verb(name: string, aliases: readonly string[], takes: Argument | null, does: Action, words: string): Command {
  return { name, aliases, takes, isArgumentNeeded: false, does, words }
}

function operation(
  name: string,
  aliases: readonly string[],
  on: 'node' | 'service',
  operation: PlainKind,
  words: string,
): Command {
  return verb(name, aliases, [on], { kind: 'operate', operation }, words)
}

function needy(name: string, aliases: readonly string[], takes: Argument, does: Action, words: string): Command {
  return { name, aliases, takes, isArgumentNeeded: true, does, words }
}

/** A line as a command and what it is given. The argument is all that follows, since names may have blanks in them. */
export type CommandLine = { readonly word: string; readonly argument: string }

/** `argumentAt`: where the argument begins in the line; null while the word is being typed. */
export function splitCommand(text: string): CommandLine & { readonly argumentAt: number | null } {
  const [lead = '', word = '', gap = ''] = /^\s*(\S*)(\s*)/.exec(text) ?? []
  return { word, argument: text.slice(lead.length), argumentAt: gap === '' ? null : lead.length }
}

/** The commands that a word means: the one of this name, else those that begin with it. */
export function findCommands(word: string): readonly Command[] {
  const wanted = word.toLowerCase()
  const named = COMMANDS.find(({ name, aliases }) => name === wanted || aliases.includes(wanted))
  return named === undefined ? COMMANDS.filter(command => wordsFor(command, wanted).length > 0) : [named]
}

/** Under which of its names a command begins with this: its own before the short ones. */
export const wordsFor = ({ name, aliases }: Command, beginning: string): readonly string[] =>
  [name, ...aliases].filter(word => word.startsWith(beginning))

export const COMMAND_WORDS: readonly string[] = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases])
