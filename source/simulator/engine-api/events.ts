import type { ApiEvent } from '../../api/info.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import type { Change } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { describeChange } from './describe-change.ts'
import { passesFilters } from './filter-events.ts'
import { type Filters, readFilters } from './filters.ts'
import { unixNanoseconds } from './time.ts'

const KEPT = 256
const LONGEST_TIMER_MS = 60_000

/**
 * Tells every manager's listeners what was written.
 *
 * Source: moby/moby daemon/events.go, daemon/cluster/noderunner.go (watchClusterEvents)
 */
export function publishEvents(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const events = changes.flatMap(change => describeChange(world, change))
  if (events.length === 0 || isBeingMade(swarm)) return
  swarm.feed = [...swarm.feed, ...events].slice(-KEPT)
  swarm.feedSerial += events.length
  relayEvents(world, swarm)
}

/** Until its first node has told who it is, a new swarm has no manager that could tell of anything. */
function isBeingMade({ nodes }: Swarm): boolean {
  for (const id in nodes) if (nodes[id]?.description.hostname !== '') return false
  return true
}

/** Tells what it has missed to the listeners of every manager that is in touch with the leader, with its old times. */
export function relayEvents(world: World, swarm: Swarm): void {
  for (const nodeId of Object.keys(swarm.raft.members)) {
    const machine = machineOfNode(world, swarm, nodeId)
    const manager = machine?.membership?.manager
    if (machine === undefined || manager == null || manager.logEnd !== null || machine.power !== 'on') continue
    const missed = swarm.feedSerial - manager.eventsTold
    if (missed > 0) tellListeners(world, machine, swarm.feed.slice(-missed))
    manager.eventsTold = swarm.feedSerial
  }
}

/** What one engine says, be it of the swarm or of its own. */
export function tellListeners(world: World, machine: Machine, events: readonly ApiEvent[]): void {
  for (const event of events.slice(-KEPT)) machine.events.push(event)
  machine.events.splice(0, machine.events.length - KEPT)
  for (const stream of Object.values(world.streams)) {
    if (stream.machine !== machine.name) continue
    const text = events
      .filter(event => passesFilters(stream.filters, event))
      .map(line)
      .join('')
    if (text !== '') world.deliveries.push({ stream: stream.id, text, isLast: false })
  }
}

/** `since` replays what is remembered, `until` says when to stop; without it the answer never ends. */
export function streamEvents(call: Call): Result {
  const { world, machine } = call
  const since = readMoment(world, call.query.get('since') ?? '')
  if (!since.ok) return resultOf(since, json)
  const until = readMoment(world, call.query.get('until') ?? '')
  if (!until.ok) return resultOf(until, json)
  const [from, to] = [since.value, until.value]
  if (from !== null && to !== null && to < from) {
    const texts = `\`since\` time (${call.query.get('since')}) cannot be after \`until\` time (${call.query.get('until')})`
    return resultOf(refused(400, texts), json)
  }
  const filters = readFilters(call, 'any')
  if (!filters.ok) return resultOf(filters, json)
  const stream = `events-${world.streamSerial++}`
  const reply = {
    kind: 'stream',
    stream,
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: replay(world, machine, from, to, filters.value),
  } as const
  if (to !== null && to <= world.now) world.deliveries.push({ stream, text: '', isLast: true })
  else {
    world.streams[stream] = { id: stream, machine: machine.name, filters: filters.value, until: to }
    endStream(world, stream)
  }
  return { kind: 'reply', reply }
}

/** Ends a stream whose time has come, or has it looked at again; a listener that hangs up leaves no timer behind for long. */
export function endStream(world: World, stream: string): void {
  const until = world.streams[stream]?.until ?? null
  if (until === null) return
  if (world.now < until) {
    setTimer(world, Math.min(until - world.now, LONGEST_TIMER_MS), { kind: 'stream-end', stream })
    return
  }
  delete world.streams[stream]
  world.deliveries.push({ stream, text: '', isLast: true })
}

/** Read backwards, up to the first that is too old: one that came late with an old time hides what was before it. */
function replay(world: World, machine: Machine, since: number | null, until: number | null, filters: Filters): string {
  if (since === null && until === null) return ''
  const from = since === null ? 0 : unixNanoseconds(world, since)
  const to = until === null ? Number.POSITIVE_INFINITY : unixNanoseconds(world, until)
  const first = machine.events.findLastIndex(({ timeNano = 0 }) => timeNano < from) + 1
  return machine.events
    .slice(first)
    .filter(({ timeNano = 0 }) => timeNano <= to)
    .filter(event => passesFilters(filters, event))
    .map(line)
    .join('')
}

/** Unix seconds, with a fraction or without, to the world's own time; null for none. */
function readMoment(world: World, text: string): Answer<number | null> {
  if (text === '') return granted(null)
  const wrong = text.split('.').find((part, index) => index < 2 && !/^[+-]?\d{1,15}$/.test(part))
  if (wrong !== undefined) {
    return refused(500, `strconv.ParseInt: parsing ${JSON.stringify(wrong)}: invalid syntax`)
  }
  return granted(Math.round(Number.parseFloat(text) * 1_000) - world.epochMs)
}

/** Attributes come in the order of their names, as Go writes a map. */
function line(event: ApiEvent): string {
  const { ID, Attributes = {} } = event.Actor ?? {}
  const sorted = Object.fromEntries(Object.entries(Attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return `${JSON.stringify({ ...event, Actor: { ID, Attributes: sorted } })}\n`
}
