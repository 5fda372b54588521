import { assertNever } from '../rules/assert-never.ts'
import type { ObjectRef, ResourceRef } from '../swarm/resource-ref.ts'
import { askForJson } from './ask.ts'
import type { Client } from './client.ts'
import type { Answer } from './engine.ts'

/**
 * Reads one list or one object as the engine tells it; nothing is made of it here. A service with the defaults that its
 * spec is silent about, as `docker service inspect` has it.
 */
export function fetchResource(client: Client, ref: ResourceRef, signal: AbortSignal): Promise<Answer<unknown>> {
  const isService = ref.kind === 'object' && ref.object.kind === 'service'
  return askForJson(client, { method: 'GET', path: pathOf(ref), query: isService ? DEFAULTS_TOO : {}, signal })
}

const DEFAULTS_TOO = { insertDefaults: true }

function pathOf(ref: ResourceRef): string {
  return ref.kind === 'object' ? pathOfObject(ref.object) : `/${ref.kind}`
}

function pathOfObject({ kind, id }: ObjectRef): string {
  switch (kind) {
    case 'swarm':
      return '/swarm'
    case 'node':
    case 'service':
    case 'task':
    case 'network':
    case 'volume':
    case 'secret':
    case 'config':
      return `/${kind}s/${encodeURIComponent(id)}`
    default:
      return assertNever(kind)
  }
}
