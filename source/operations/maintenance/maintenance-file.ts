import { CHECK_KINDS, type MaintainedNode, type Maintenance, STEPS } from './maintenance.ts'

/** Whose session it is that wrote the file, so that another one knows whether it still goes on. */
export type Session = { readonly pid: number; readonly host: string }

/** What the file holds, as one text of JSON. */
export function writeMaintenance(maintenance: Maintenance, session: Session): string {
  return `${JSON.stringify({ version: VERSION, session, maintenance }, null, 2)}\n`
}

const VERSION = 1

type Read =
  | { readonly ok: true; readonly maintenance: Maintenance; readonly session: Session }
  /** A clause about the file: `it is no JSON`. */
  | { readonly ok: false; readonly reason: string }

/** What such a text says; anybody may have written into it, and a disk may have lost a part of it. */
export function readMaintenance(text: string): Read {
  const value = parse(text)
  if (!isObject(value)) return { ok: false, reason: 'it is no JSON object' }
  if (value.version !== VERSION) {
    return { ok: false, reason: `it is of version ${String(value.version)}, and this program reads version ${VERSION}` }
  }
  const place = findFault(value, FILE, '')
  return place === null
    ? { ok: true, maintenance: value.maintenance as Maintenance, session: value.session as Session }
    : { ok: false, reason: `its field ${place} is not as it should be` }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What is where: a test for a value, the fields of an object, or what each part of a list is. */
type Shape = ((value: unknown) => boolean) | { readonly [field: string]: Shape } | readonly [Shape] | Nullable

type Nullable = { readonly orNull: Shape }

const text = (value: unknown): boolean => typeof value === 'string'
const time = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const timeOrNull = (value: unknown): boolean => value === null || time(value)
const oneOf =
  (words: readonly unknown[]) =>
  (value: unknown): boolean =>
    words.includes(value)

const AVAILABILITIES = ['active', 'pause', 'drain']

const NODE: Readonly<Record<keyof MaintainedNode, Shape>> = {
  nodeId: text,
  name: text,
  step: oneOf(STEPS),
  before: oneOf([...AVAILABILITIES, null]),
  accepted: [oneOf(CHECK_KINDS)],
  renewing: { orNull: { serviceId: text, name: text, forceUpdate: time } },
  handedOver: { orNull: { at: time, version: time, sawDownAt: timeOrNull, sawBackAt: timeOrNull } },
  steadySince: timeOrNull,
  outcome: oneOf(['done', 'skipped']),
}

const MAINTENANCE: Readonly<Record<keyof Maintenance, Shape>> = {
  clusterId: text,
  by: text,
  startedAt: time,
  manner: oneOf(['plain', 'graceful']),
  nodes: [NODE],
  held: { orNull: { by: oneOf(['person', 'check', 'failure']), reason: text, accepts: [oneOf(CHECK_KINDS)] } },
}

const FILE: Shape = { session: { pid: time, host: text }, maintenance: MAINTENANCE }

/** The first place, such as `maintenance.nodes[0].step`, where a value is not of its shape; null where there is none. */
function findFault(value: unknown, shape: Shape, place: string): string | null {
  if (typeof shape === 'function') return shape(value) ? null : place
  if (isList(shape)) {
    if (!Array.isArray(value)) return place
    return firstOf(value.map((part, index) => findFault(part, shape[0], `${place}[${index}]`)))
  }
  if (isNullable(shape)) return value === null ? null : findFault(value, shape.orNull, place)
  if (!isObject(value)) return place
  return firstOf(
    Object.entries(shape).map(([field, part]) =>
      findFault(value[field], part, place === '' ? field : `${place}.${field}`),
    ),
  )
}

const firstOf = (places: readonly (string | null)[]): string | null => places.find(place => place !== null) ?? null

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
const isNullable = (shape: Shape): shape is Nullable => Object.hasOwn(shape, 'orNull')
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
