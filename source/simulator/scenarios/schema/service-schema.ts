import { z } from 'zod'
import type { ApiPort } from '../../../api/service.ts'
import {
  anyListOf,
  anyText,
  bytes,
  chance,
  count,
  labelText,
  leaf,
  mapOf,
  namesTo,
  nanoCpus,
  nanoseconds,
  oneOf,
} from '../../../yaml/leaf.ts'

const updateSchema = mapOf({
  /** 0: all at once. */
  parallelism: count(0, 10_000).default(1),
  delay: nanoseconds.default(0),
  monitor: nanoseconds.default(5e9),
  'on-failure': oneOf(['pause', 'continue', 'rollback']).default('pause'),
  'max-failure-ratio': chance.default(0),
  order: oneOf(['stop-first', 'start-first']).default('stop-first'),
})

const resourcesSchema = mapOf({ cpus: nanoCpus.optional(), memory: bytes.optional() })

/** A service of `services:`, under its name: near to what a compose file and `docker service create` say. */
export const serviceSchema = mapOf({
  image: anyText,
  /** Arguments for the image, as after its name in `docker service create`. */
  args: anyListOf(z.string()).optional(),
  env: anyListOf(z.string()).optional(),
  mode: oneOf(['replicated', 'global', 'replicated-job', 'global-job']).default('replicated'),
  /** Of a replicated job: how many tasks have to complete. */
  replicas: count(0, 10_000).default(1),
  /** Of a replicated job. */
  'max-concurrent': count(1, 10_000).optional(),
  /** `8080:80`, or `80` for the same number on both sides; `/udp` may follow. */
  ports: anyListOf(leaf('a port like 80, 8080:80 or 53:53/udp', parsePort)).default([]),
  constraints: anyListOf(anyText).default([]),
  /** Placement preferences: what to spread over, as `node.labels.zone`. */
  spread: anyListOf(anyText).default([]),
  'max-per-node': count(1, 10_000).optional(),
  reserve: resourcesSchema.default({}),
  limit: resourcesSchema.default({}),
  update: updateSchema.optional(),
  rollback: updateSchema.optional(),
  restart: mapOf({
    condition: oneOf(['any', 'on-failure', 'none']).default('any'),
    delay: nanoseconds.default(5e9),
    /** 0: without end. */
    'max-attempts': count(0, 1_000_000).default(0),
    window: nanoseconds.optional(),
  }).optional(),
  health: mapOf({
    test: anyText.default('true'),
    interval: nanoseconds.optional(),
    timeout: nanoseconds.optional(),
    retries: count(1, 1_000).optional(),
    'start-period': nanoseconds.optional(),
  }).optional(),
  'stop-grace': nanoseconds.optional(),
  labels: namesTo(labelText).default({}),
  /** As `docker stack deploy` would have labelled it. */
  stack: anyText.optional(),
  networks: anyListOf(anyText).default([]),
  secrets: anyListOf(anyText).default([]),
  configs: anyListOf(anyText).default([]),
  /** Requests a second that reach it from outside. */
  load: count(0, 1_000_000).optional(),
})

export type ServiceText = z.output<typeof serviceSchema>

function parsePort(text: string): ApiPort | null {
  const [, published, target = published, protocol = 'tcp'] =
    /^(\d{1,5})(?::(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/.exec(text) ?? []
  if (!isPort(published) || !isPort(target)) return null
  return {
    Protocol: protocol,
    TargetPort: Number(target),
    PublishedPort: Number(published),
    PublishMode: 'ingress',
  }
}

function isPort(digits: string | undefined): boolean {
  return Number(digits) >= 1 && Number(digits) <= 65_535
}
