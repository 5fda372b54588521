import type { ApiEvent } from '../../api/info.ts'
import type { Machine } from '../world/machine.ts'
import type { Change } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { describeChange } from './describe-change.ts'
import { type Filters, hasLabel, meets, readFilters } from './filters.ts'
import { situationOf } from './situation.ts'
import { unixNanoseconds } from './time.ts'

const KEPT = 256

/**
 * Tells every manager's listeners what was written: nodes and services, never tasks and never the cluster object.
 *
 * Source: moby/moby daemon/events.go, daemon/cluster/noderunner.go (watchClusterEvents)
 * Leaves out for now: the engine's own events, networks, secrets, configs.
 */
export function publishEvents(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const events = changes.flatMap(change => describeChange(world, change))
  if (events.length === 0) return
  for (const machine of Object.values(world.machines)) {
    if (machine.membership?.swarm !== swarm.key || situationOf(world, machine) !== 'manager') continue
    machine.events = [...machine.events, ...events].slice(-KEPT)
    for (const stream of Object.values(world.streams)) {
      if (stream.machine !== machine.name) continue
      const text = events
        .filter(event => passes(stream.filters, event))
        .map(line)
        .join('')
      if (text !== '') world.deliveries.push({ stream: stream.id, text, isLast: false })
    }
  }
}

/** `since` replays what is remembered, `until` says when to stop; without it the answer never ends. */
export function streamEvents(call: Call): Result {
  const { world, machine } = call
  const filters = readFilters(call, 'any')
  if (!filters.ok) return resultOf(filters, json)
  const until = readTime(world, call.query.get('until'))
  const stream = `events-${world.streamSerial++}`
  const reply = {
    kind: 'stream',
    stream,
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: replay(world, machine, readTime(world, call.query.get('since')), until, filters.value),
  } as const
  if (until !== null && until <= world.now) world.deliveries.push({ stream, text: '', isLast: true })
  else {
    world.streams[stream] = { id: stream, machine: machine.name, filters: filters.value }
    if (until !== null) setTimer(world, until - world.now, { kind: 'stream-end', stream })
  }
  return { kind: 'reply', reply }
}

export function endStream(world: World, stream: string): void {
  if (world.streams[stream] === undefined) return
  delete world.streams[stream]
  world.deliveries.push({ stream, text: '', isLast: true })
}

function replay(world: World, machine: Machine, since: number | null, until: number | null, filters: Filters): string {
  if (since === null) return ''
  const [from, to] = [unixNanoseconds(world, since), unixNanoseconds(world, until ?? world.now)]
  return machine.events
    .filter(({ timeNano = 0 }) => timeNano >= from && timeNano <= to)
    .filter(event => passes(filters, event))
    .map(line)
    .join('')
}

/** Unix seconds, with a fraction or without, to the world's own time. */
function readTime(world: World, text: string | null): number | null {
  const seconds = Number.parseFloat(text ?? '')
  return Number.isFinite(seconds) ? Math.round(seconds * 1_000) - world.epochMs : null
}

/** A node's or service's own filter looks at the beginning of ID and name, whatever the event's type. */
function passes(filters: Filters, event: ApiEvent): boolean {
  const { ID = '', Attributes = {} } = event.Actor ?? {}
  const isActor = (text: string) => ID.startsWith(text) || (Attributes.name ?? '').startsWith(text)
  return (
    meets(filters, 'type', type => event.Type === type) &&
    meets(filters, 'event', action => event.Action === action) &&
    meets(filters, 'scope', scope => event.scope === scope) &&
    meets(filters, 'node', isActor) &&
    meets(filters, 'service', isActor) &&
    meets(filters, 'label', label => hasLabel(Attributes, label))
  )
}

function line(event: ApiEvent): string {
  return `${JSON.stringify(event)}\n`
}
