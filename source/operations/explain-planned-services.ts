import { counted } from '../rules/counted.ts'
import type { Consequence } from './operation.ts'
import { eitherOf, listed } from './phrases.ts'
import type { Plan, PlannedGap, PlannedMove, PlannedNode, PlannedUpdate, PlannedWait } from './plan.ts'
import { sayAbout } from './say-about.ts'

/**
 * What a plan does to each service, in a line: `api: 3 tasks move from w1: 2 to w2 or w3, 1 to m1; 2 of 3 run for 6 s`.
 * Where of several services one task each has the same fate, one line tells of all of them. The gravest first; of many
 * alike in gravity the first ones, and how many more.
 */
export function explainServices(plan: Plan): readonly Consequence[] {
  const lines = joinAlike(groupByService(plan).map(explainService))
  return WEIGHTS.flatMap(weight =>
    fold(
      lines.filter(line => line.weight === weight),
      weight,
    ),
  )
}

const WEIGHTS = ['danger', 'warning', 'info'] as const satisfies readonly Consequence['weight'][]

type PlannedService = {
  readonly name: string
  readonly moves: readonly PlannedMove[]
  readonly waits: readonly PlannedWait[]
  readonly gap: PlannedGap | undefined
  readonly update: PlannedUpdate | undefined
}

function groupByService({ operations, moves, unplaced, gaps, updates: planned }: Plan): readonly PlannedService[] {
  const updates = planned.filter(update => !isAskedFor(update, operations))
  const movesOf = Map.groupBy(moves, ({ serviceId }) => serviceId)
  const waitsOf = Map.groupBy(unplaced, ({ serviceId }) => serviceId)
  const gapOf = new Map(gaps.map(gap => [gap.serviceId, gap]))
  const updateOf = new Map(updates.map(update => [update.serviceId, update]))
  const names = new Map(
    [...moves, ...unplaced, ...gaps, ...updates].map(({ serviceId, service }) => [serviceId, service]),
  )
  return [...names].map(([id, name]) => ({
    name,
    moves: movesOf.get(id) ?? [],
    waits: waitsOf.get(id) ?? [],
    gap: gapOf.get(id),
    update: updateOf.get(id),
  }))
}

/** A rollback that was asked for is at its end then, as an update is that is completed. */
const isAskedFor = ({ serviceId, state }: PlannedUpdate, operations: Plan['operations']): boolean =>
  state === 'rollback_completed' &&
  operations.some(operation => operation.kind === 'roll-back' && operation.serviceId === serviceId)

/** `who` alone has this fate, and there may be others with the same; else `who` is said in `text` already. */
type Line = Consequence & { readonly who: string | null; readonly fateOfMany: string }

type Part = Consequence & { readonly ofMany?: string }

function explainService(service: PlannedService): Line | null {
  const { name, moves, waits, gap, update } = service
  const unplaced = new Set(waits.map(({ slot }) => slot))
  const placed = moves.filter(({ fate, slot }) => fate !== 'lost' || !unplaced.has(slot))
  const [only] = [...placed, ...waits]
  const isOne = placed.length + waits.length === 1
  const parts: readonly Part[] = [
    ...sayMoves(placed, isOne),
    ...sayWaits(waits, isOne),
    ...sayUpdate(update),
    ...sayGap(gap),
  ]
  const weight = WEIGHTS.find(candidate => parts.some(part => part.weight === candidate)) ?? 'info'
  if (parts.length === 0) return null
  const text = parts.map(part => part.text).join('; ')
  const fateOfMany = parts.map(part => part.ofMany ?? part.text).join('; ')
  if (isOne && only !== undefined) {
    const who = only.among.length > 1 ? `one of ${listed(only.among)}` : only.task
    return { weight, text: `${who} ${text}`, who, fateOfMany }
  }
  return { weight, text: `${name}: ${text}`, who: null, fateOfMany }
}

function sayMoves(moves: readonly PlannedMove[], isOne: boolean): readonly Part[] {
  const isInPlace = ({ fate, from, to }: PlannedMove): boolean =>
    fate === 'moves' && to?.length === 1 && to[0].nodeId === from?.nodeId
  const of = (fate: PlannedMove['fate']) => moves.filter(move => move.fate === fate && !isInPlace(move))
  return [
    ...say(of('moves'), isOne, 'moves', 'move', sayFromTo),
    ...say(moves.filter(isInPlace), isOne, 'is renewed', 'are renewed', ones =>
      ones.length === 1 ? on(ones) : ' where they are',
    ),
    ...say(of('starts'), isOne, 'starts', 'start', ones => ` on ${sayPlaces(ones)}`),
    ...say(
      of('ends'),
      isOne,
      'ends',
      'end',
      ones => `${on(ones)} and ${ones.length === 1 ? 'is' : 'are'} not replaced`,
    ),
    ...say(of('lost'), isOne, 'is lost', 'are lost', ones => `${on(ones)} and not replaced`, 'danger'),
  ]
}

/** `moves from w1 to w2`, `3 tasks move from w1 to w2`. */
function say(
  moves: readonly PlannedMove[],
  isOne: boolean,
  verbOfOne: string,
  verbOfMany: string,
  rest: (moves: readonly PlannedMove[]) => string,
  weight: Consequence['weight'] = 'info',
): readonly Part[] {
  if (moves.length === 0) return []
  const ending = rest(moves)
  const verb = moves.length === 1 ? verbOfOne : verbOfMany
  const who = isOne ? '' : `${counted(moves.length, 'task')} `
  return [{ weight, text: `${who}${verb}${ending}`, ofMany: `${verbOfMany}${ending}` }]
}

function sayFromTo(moves: readonly PlannedMove[]): string {
  return `${sayFrom(moves)}${to(moves)}`
}

const sayFrom = (moves: readonly PlannedMove[]): string => ` from ${listed(namesOf(moves.map(({ from }) => from)))}`

const on = (moves: readonly PlannedMove[]): string => ` on ${listed(namesOf(moves.map(({ from }) => from)))}`

/** ` to w2`, `: 2 to w2 or w3, 1 to m1`, and where they are scattered all of the places. */
function to(moves: readonly PlannedMove[]): string {
  const groups = [...Map.groupBy(moves, placesOf)]
  const [first] = groups
  if (groups.length === 1 && first !== undefined) return ` to ${first[0]}`
  if (groups.length > SHOWN_GROUPS) return ` to ${sayPlaces(moves)}`
  return `: ${groups.map(([places, ones]) => `${ones.length} to ${places}`).join(', ')}`
}

const SHOWN_GROUPS = 3

/** Among so many a few examples tell nothing. */
const MANY_PLACES = 20

/** Each of thousands of tasks may have the choice among a thousand nodes: their names are not even looked at then. */
const placesOf = ({ to }: PlannedMove): string =>
  (to?.length ?? 0) > MANY_PLACES ? `one of ${to?.length} nodes` : eitherOf(namesOf(to ?? []))

/** All of the places, where it does not matter which of them takes which. */
function sayPlaces(moves: readonly PlannedMove[]): string {
  const groups = new Set(moves.map(placesOf))
  const [only = ''] = groups
  if (groups.size === 1) return only
  if (moves.some(({ to }) => (to?.length ?? 0) > MANY_PLACES)) return 'many nodes'
  return listed(namesOf(moves.flatMap(({ to }) => to ?? [])))
}

const namesOf = (nodes: readonly (PlannedNode | null)[]): readonly string[] => [
  ...new Set(nodes.flatMap(node => node?.name ?? [])),
]

function sayWaits(waits: readonly PlannedWait[], isOne: boolean): readonly Part[] {
  return [...Map.groupBy(waits, ({ reason }) => reason)].map(([reason, ones]) => {
    const many = `find no place: ${reason}`
    if (isOne) return { weight: 'danger', text: `finds no place: ${reason}`, ofMany: many }
    return {
      weight: 'danger',
      text: `${counted(ones.length, 'task')} ${ones.length === 1 ? 'finds' : 'find'} no place: ${reason}`,
    }
  })
}

function sayUpdate(update: PlannedUpdate | undefined): readonly Part[] {
  const said = update === undefined ? null : UPDATES[update.state]
  if (update === undefined || said === null) return []
  return [{ weight: said.weight, text: `${said.text}${update.message === '' ? '' : ` (${update.message})`}` }]
}

const UPDATES: Readonly<Record<PlannedUpdate['state'], Consequence | null>> = {
  completed: null,
  paused: { weight: 'danger', text: 'its update is paused' },
  rollback_completed: { weight: 'danger', text: 'its update fails and is rolled back' },
  rollback_paused: { weight: 'danger', text: 'its update fails, and so does the way back' },
  unfinished: { weight: 'warning', text: 'its update is not at its end by then' },
}

/** A task or two fewer for a while is what an update is; an outage, or a shortage that stays, is not. */
function sayGap(gap: PlannedGap | undefined): readonly Part[] {
  if (gap === undefined || gap.lowest >= gap.desired) return []
  const { lowest, desired, forMs } = gap
  const figure = lowest > 0 ? `${lowest} of ${desired} run` : desired === 1 ? 'down' : `all ${desired} down at once`
  if (forMs === null) return [{ weight: 'danger', text: `${figure} from then on` }]
  const text = `${figure} for ${sayAbout(forMs)}`
  if (lowest === 0) return [{ weight: 'danger', text }]
  return [{ weight: forMs > LONG_MS || lowest * 2 < desired ? 'warning' : 'info', text }]
}

const LONG_MS = 60_000

function joinAlike(lines: readonly (Line | null)[]): readonly Consequence[] {
  const told = lines.filter(line => line !== null)
  const keyOf = (line: Line) => (line.who === null ? line : `${line.weight} ${line.fateOfMany}`)
  return [...Map.groupBy(told, keyOf).values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    if (group.length === 1) return [{ weight: first.weight, text: first.text }]
    return [{ weight: first.weight, text: `${listed(group.flatMap(({ who }) => who ?? []))} ${first.fateOfMany}` }]
  })
}

/** Who decides reads a page or two, and no hundreds of lines. */
function fold(lines: readonly Consequence[], weight: Consequence['weight']): readonly Consequence[] {
  const shown = lines.slice(0, lines.length > SHOWN_LINES ? SHOWN_LINES - 1 : SHOWN_LINES)
  const more = lines.length - shown.length
  return more === 0 ? shown : [...shown, { weight, text: `and ${more} more of the same kind` }]
}

const SHOWN_LINES = 24
