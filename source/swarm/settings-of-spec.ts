import { coreWords, memoryWords, spanWords } from '../rules/amounts.ts'
import { isTelling } from './masking.ts'

/** `text`: its value in words; `''` for an element of a set, which is there or is not. */
export type Setting = { readonly text: string; readonly isSecret: boolean }

/**
 * A service's spec as settings by their path, `update parallelism`, so that two specs can be compared line by line.
 * Where Swarm cares for no order, the order is no part of it: variables, labels, constraints, mounts, ports and networks
 * are told apart by their names. The spec is as it came and may be anything.
 */
export function settingsOf(spec: unknown): ReadonlyMap<string, Setting> {
  const found: Found = { settings: new Map(), counts: new Map() }
  collect(spec, [], found)
  return found.settings
}

/** `counts`: how often each name was given already; looked for one by one, a list of equals would be walked for ever. */
type Found = { readonly settings: Map<string, Setting>; readonly counts: Map<string, number> }

type Path = readonly string[]
type Fields = Readonly<Record<string, unknown>>

function collect(value: unknown, path: Path, found: Found): void {
  if (value === null || value === undefined || path.length > MOST_DEPTH) return
  if (Array.isArray(value)) collectList(value, path, found)
  else if (typeof value === 'object') collectFields(value as Fields, path, found)
  else add(found, path, textOf(value, path.at(-1) ?? ''), isHidden(path, value))
}

/** Deeper than any spec goes; what a hostile server answers may. */
const MOST_DEPTH = 12

function collectFields(fields: Fields, path: Path, found: Found): void {
  const entries = Object.entries(fields)
  // A mode may have nothing to it but its name.
  if (entries.length === 0 && path.at(-2) === 'Mode') add(found, path)
  for (const [name, value] of entries) collect(value, [...path, name], found)
}

function collectList(list: readonly unknown[], path: Path, found: Found): void {
  const key = path.at(-1) ?? ''
  if (COMMAND_LINES.has(key)) {
    if (list.length > 0) add(found, path, list.map(wordOf).join(' '))
    return
  }
  list.forEach((element, index) => {
    if (key === 'Env') addVariable(wordOf(element), path, found)
    else if (typeof element === 'object' && element !== null) collectElement(element as Fields, path, index, found)
    else add(found, [...path, wordOf(element)])
  })
}

/** Of an object where a text should be: it may have a `toString` of its own, that is no function. */
const wordOf = (element: unknown): string => (typeof element === 'string' ? element : (JSON.stringify(element) ?? ''))

const COMMAND_LINES: ReadonlySet<string> = new Set(['Command', 'Args', 'Test'])

function addVariable(variable: string, path: Path, found: Found): void {
  const [name = ''] = variable.split('=', 1)
  add(found, [...path, name], variable.slice(name.length + 1), true)
}

/** What tells it from others is in its path, and not said again. */
function collectElement(element: Fields, path: Path, index: number, found: Found): void {
  const naming = NAMING_FIELDS.get(path.at(-1) ?? '') ?? []
  const names = naming
    .map(field => element[field])
    .filter(value => typeof value === 'string' || Number.isInteger(value))
  const place = [...path, names.length === 0 ? String(index + 1) : names.join('/')]
  const rest = Object.entries(element).filter(([field]) => !naming.includes(field))
  if (rest.length === 0) add(found, place)
  for (const [field, value] of rest) collect(value, [...place, field], found)
}

const NAMING_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Mounts', ['Target']],
  ['Networks', ['Target']],
  ['Secrets', ['SecretName']],
  ['Configs', ['ConfigName']],
  ['Ports', ['TargetPort', 'Protocol']],
  ['Platforms', ['OS', 'Architecture']],
])

const isHidden = (path: Path, value: unknown): boolean =>
  path.some(part => FREE_FIELDS.has(part)) && isTelling(path.at(-1) ?? '', String(value))

/** Whose names and values are anybody's. */
const FREE_FIELDS: ReadonlySet<string> = new Set(['Labels', 'Options', 'DriverOpts'])

/** Two of one name are told apart by a number. */
function add({ settings, counts }: Found, path: Path, text = '', isSecret = false): void {
  const words = wordsOf(path)
  const number = (counts.get(words) ?? 0) + 1
  counts.set(words, number)
  settings.set(number === 1 ? words : `${words} (${number})`, { text, isSecret })
}

function textOf(value: unknown, key: string): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'number') return String(value)
  if (SPANS.has(key)) return spanWords(value / 1e6)
  if (key === 'NanoCPUs') return coreWords(value)
  return key === 'MemoryBytes' ? memoryWords(value) : String(value)
}

/** In nanoseconds on the wire. */
const SPANS: ReadonlySet<string> = new Set([
  'Delay',
  'Monitor',
  'Interval',
  'Timeout',
  'StartPeriod',
  'StartInterval',
  'StopGracePeriod',
  'Window',
])

/** `TaskTemplate.ContainerSpec.StopGracePeriod` is `stop grace period`; names that people gave stay as they are. */
function wordsOf(path: Path): string {
  const parts = path.filter(part => !WRAPPERS.has(part))
  const given = parts.findIndex(part => NAMED.has(part)) + 1
  const words = parts.map((part, index) => (given > 0 && index === given ? part : spell(part)))
  const isOfContainer = path.includes('ContainerSpec') && parts[0] === 'Labels'
  return `${isOfContainer ? 'container ' : ''}${words.join(' ')}`
}

/** They say where a setting stands on the wire, and nothing to a reader. */
const WRAPPERS: ReadonlySet<string> = new Set(['TaskTemplate', 'ContainerSpec', 'Placement', 'EndpointSpec'])

/** What stands in these has its name from a person. */
const NAMED: ReadonlySet<string> = new Set([
  'Labels',
  'Env',
  'Mounts',
  'Networks',
  'Secrets',
  'Configs',
  'Constraints',
  'Ports',
  'Platforms',
  'Hosts',
  'Groups',
  'Options',
  'Sysctls',
  'CapabilityAdd',
  'CapabilityDrop',
])

const spell = (part: string): string =>
  SPELLINGS.get(part) ??
  part
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .split(' ')
    .map(word => (/^[A-Z]{2,}s?$/.test(word) ? word : word.toLowerCase()))
    .join(' ')

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['Labels', 'label'],
  ['Env', 'environment'],
  ['Mounts', 'mount'],
  ['Networks', 'network'],
  ['Secrets', 'secret'],
  ['Configs', 'config'],
  ['Constraints', 'constraint'],
  ['Ports', 'port'],
  ['Platforms', 'platform'],
  ['Hosts', 'host'],
  ['Groups', 'group'],
  ['Options', 'option'],
  ['Args', 'arguments'],
  ['Dir', 'directory'],
  ['NanoCPUs', 'CPU'],
  ['MemoryBytes', 'memory'],
  ['UpdateConfig', 'update'],
  ['RollbackConfig', 'rollback'],
  ['RestartPolicy', 'restart'],
  ['Healthcheck', 'health check'],
  ['MaxReplicas', 'most replicas on a node'],
])
