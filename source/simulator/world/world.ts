import type { ScenarioStep } from '../scenarios/scenario.ts'
import type { ImageBehaviour } from './image.ts'
import type { Load } from './load.ts'
import type { LogStream } from './log-stream.ts'
import type { Lots } from './lots.ts'
import type { Machine } from './machine.ts'
import type { PendingCall } from './pending-call.ts'
import type { RandomState } from './random.ts'
import type { Delivery, EventStream } from './stream.ts'
import type { Swarm } from './swarm.ts'
import type { Timer } from './timer.ts'

/**
 * Everything there is: plain data that survives `JSON.stringify`. Its time, its timers and its chance are in it, so two
 * equal worlds that are told the same go the same way.
 */
export type World = {
  readonly scenario: string
  /** The moment that `now` counts from, in milliseconds since 1970. */
  readonly epochMs: number
  /** Milliseconds since the epoch; below zero for what happened before anyone looked. */
  now: number
  random: RandomState
  /** A binary heap, earliest first. */
  timers: Timer[]
  timerSerial: number
  /** By name, in the scenario's order. */
  readonly machines: Record<string, Machine>
  /** By key. Several may exist at once, and two that were one have the same cluster ID. */
  swarms: Record<string, Swarm>
  swarmSerial: number
  readonly images: Readonly<Record<string, ImageBehaviour>>
  /** How many containers a service has started of an image, by `<service ID> <image>`: what `exitPattern` counts. */
  starts: Record<string, number>
  /** How the containers of a service behave of an image, by the same key, where that is known better than from the image. */
  readonly behaviours?: Readonly<Record<string, ImageBehaviour>>
  /** Machines that are not called as their nodes say, since others have the same name: their names, by node ID. */
  readonly namesakes?: Readonly<Record<string, string>>
  /** Left out where nobody asks: what chance has decided. */
  lots?: Lots
  /** Requests on services, by the service's name. */
  load: Record<string, Load>
  readonly script: readonly ScenarioStep[]
  /** Calls that hang, by ID. */
  calls: Record<string, PendingCall>
  callSerial: number
  /** Streams that answer calls which had hung: the call's ID, which its client knows, by the stream's. */
  continuedCalls: Record<string, string>
  streams: Record<string, EventStream>
  streamSerial: number
  /** Log calls that are followed, by the ID of their stream. */
  logStreams: Record<string, LogStream>
  /** What became due for the streams and has not been fetched yet. */
  deliveries: Delivery[]
}
