import { BlockList, isIP } from 'node:net'

/** One placement constraint, `node.labels.zone == a`, taken apart. */
export type Constraint = { readonly key: string; readonly operator: '==' | '!='; readonly value: string }

export type ParsedConstraints =
  | { readonly ok: true; readonly constraints: readonly Constraint[] }
  /** The daemon's own words for it. */
  | { readonly ok: false; readonly error: string }

/** What a constraint may ask of a node. `role` is the observed one: what the node is, not what it is to become. */
export type PlacementNode = {
  readonly id: string
  readonly hostname: string
  /** `''` when it is not known. */
  readonly ip: string
  readonly role: string
  readonly platform: { readonly os: string; readonly architecture: string }
  readonly labels: Readonly<Record<string, string>>
  readonly engineLabels: Readonly<Record<string, string>>
}

/**
 * Reads constraints as a service's spec has them; the first that is malformed refuses all.
 * Source: moby/swarmkit manager/constraint/constraint.go (Parse).
 */
export function parseConstraints(texts: readonly string[]): ParsedConstraints {
  const constraints: Constraint[] = []
  for (const text of texts) {
    const operator = text.includes('==') ? '==' : '!='
    const at = text.indexOf(operator)
    if (at < 0) return { ok: false, error: 'constraint expected one operator from ==, !=' }

    const key = text.slice(0, at).trim()
    if (!KEY.test(key)) return { ok: false, error: `key '${key}' is invalid` }
    const value = text.slice(at + operator.length).trim()
    if (!VALUE.test(value)) return { ok: false, error: `value '${value}' is invalid` }
    constraints.push({ key, operator, value })
  }
  return { ok: true, constraints }
}

const KEY = /^[a-z_][a-z0-9\-_.]+$/i
const VALUE = /^[a-z0-9:\-_ \t\n\f\r.*()?+[\]\\^$|/]+$/i

/**
 * Whether a node meets all of them. There are no patterns: a value is equal as a whole, upper and lower case alike.
 * Source: moby/swarmkit manager/constraint/constraint.go (NodeMatches).
 */
export const meetsConstraints = (node: PlacementNode, constraints: readonly Constraint[]): boolean =>
  constraints.every(constraint => meetsConstraint(node, constraint))

function meetsConstraint(node: PlacementNode, constraint: Constraint): boolean {
  const key = constraint.key.toLowerCase()
  if (key === 'node.ip') return meetsAddress(node.ip, constraint)
  const found = valueAt(node, key, constraint.key)
  if (found === null) return false
  const isEqual = found.toLowerCase() === constraint.value.toLowerCase()
  return isEqual === (constraint.operator === '==')
}

/** `null` for a key that Swarm does not know: such a constraint is accepted and never met, not even with `!=`. */
function valueAt(node: PlacementNode, key: string, spelling: string): string | null {
  if (key.startsWith(NODE_LABELS)) return labelOf(node.labels, spelling.slice(NODE_LABELS.length))
  if (key.startsWith(ENGINE_LABELS)) return labelOf(node.engineLabels, spelling.slice(ENGINE_LABELS.length))
  switch (key) {
    case 'node.id':
      return node.id
    case 'node.hostname':
      return node.hostname
    case 'node.role':
      return node.role
    case 'node.platform.os':
      return node.platform.os
    case 'node.platform.arch':
      return node.platform.architecture
    default:
      return null
  }
}

const NODE_LABELS = 'node.labels.'
const ENGINE_LABELS = 'engine.labels.'

/** The name of a label is the one thing in a constraint that heeds upper and lower case. */
function labelOf(labels: Readonly<Record<string, string>>, name: string): string | null {
  if (name === '') return null
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

/** An address, or a network in which it lies; what is neither is never met. */
function meetsAddress(ip: string, { operator, value }: Constraint): boolean {
  const network = readNetwork(value)
  if (network === null) return false
  const isInside = isIP(ip) !== 0 && network.check(ip, familyOf(ip))
  return isInside === (operator === '==')
}

function readNetwork(value: string): BlockList | null {
  const [address = '', prefix, ...rest] = value.split('/')
  const longest = isIP(address) === 4 ? 32 : 128
  if (isIP(address) === 0 || rest.length > 0) return null

  const network = new BlockList()
  if (prefix === undefined) network.addAddress(address, familyOf(address))
  else if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest) {
    network.addSubnet(address, Number(prefix), familyOf(address))
  } else return null
  return network
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')
