import type { Driver, Secret } from '../world/network.ts'
import { drawId } from '../world/random.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import type { Parts } from './convert-container.ts'
import { findConfig, findSecret } from './find.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'

/*
 * Secrets and configs, which are the same but for what is shown of them.
 * Source: moby/swarmkit manager/controlapi/{secret,config,common}.go
 */

/** Which of the two. */
export type SecretKind = 'secret' | 'config'

/** `data`: base64, null where none was sent. */
export type SecretSpec = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly data: string | null
  readonly driver: Driver | null
  readonly templating: Driver | null
}

const NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/
const LONGEST_NAME = 64
const LARGEST_BYTES = { secret: 500 * 1024, config: 1000 * 1024 }

/** Stores it and says its ID. */
export function createSecret(world: World, swarm: Swarm, kind: SecretKind, spec: SecretSpec): Answer<string> {
  const problem = checkSpec(kind, spec)
  if (problem !== null) return refusedBySwarm('InvalidArgument', problem)
  if (spec.driver !== null) return refusedBySwarm('Unknown', `plugin ${JSON.stringify(spec.driver.name)} not found`)
  const namesake = Object.values(shelf(swarm, kind)).find(({ name }) => name.toLowerCase() === spec.name.toLowerCase())
  if (namesake !== undefined) return refusedBySwarm('AlreadyExists', `${kind} ${spec.name} already exists`)

  const id = drawId(world.random)
  transact(world, swarm, transaction => transaction.create(kind, { ...spec, id, data: spec.data ?? '' }))
  return granted(id)
}

/** Only the labels may change. */
export function updateSecret(
  world: World,
  swarm: Swarm,
  kind: SecretKind,
  text: string,
  version: number,
  spec: SecretSpec,
): Answer<null> {
  const found = findOne(swarm, kind, text)
  if (!found.ok) return found
  const present = found.value
  if (present.name !== spec.name || (spec.data !== null && spec.data !== present.data)) {
    return refusedBySwarm('InvalidArgument', 'only updates to Labels are allowed')
  }
  if (present.version !== version) return refusedBySwarm('Unknown', 'update out of sequence')
  transact(world, swarm, transaction => transaction.update(kind, present.id, { labels: spec.labels }))
  return granted(null)
}

/** One that a service has been given stays. */
export function removeSecret(world: World, swarm: Swarm, kind: SecretKind, text: string): Answer<null> {
  const found = findOne(swarm, kind, text)
  if (!found.ok) return found
  const { id, name } = found.value
  const users = Object.values(swarm.services).filter(({ spec }) => {
    const { Secrets = [], Configs = [] } = (spec.TaskTemplate?.ContainerSpec ?? {}) as Parts
    return Secrets.some(({ SecretID }) => SecretID === id) || Configs.some(({ ConfigID }) => ConfigID === id)
  })
  if (users.length > 0) {
    const names = users.map(({ spec }) => spec.Name).join(', ')
    const services = users.length === 1 ? 'service' : 'services'
    return refusedBySwarm('InvalidArgument', `${kind} '${name}' is in use by the following ${services}: ${names}`)
  }
  transact(world, swarm, transaction => transaction.remove(kind, id))
  return granted(null)
}

function findOne(swarm: Swarm, kind: SecretKind, text: string): Answer<Secret> {
  return kind === 'secret' ? findSecret(swarm, text) : findConfig(swarm, text)
}

function shelf(swarm: Swarm, kind: SecretKind): Readonly<Record<string, Secret>> {
  return kind === 'secret' ? swarm.secrets : swarm.configs
}

function checkSpec(kind: SecretKind, { name, data, driver }: SecretSpec): string | null {
  if (name === '') return 'name must be provided'
  if (name.length > LONGEST_NAME || !NAME.test(name)) {
    const rule = 'only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]'
    return `invalid name, ${rule}`
  }
  if (driver !== null) return driver.name === '' ? 'secret driver must have a name' : null
  const bytes = countBytes(data ?? '')
  if (bytes >= 1 && bytes < LARGEST_BYTES[kind]) return null
  return `${kind} data must be larger than 0 and less than ${LARGEST_BYTES[kind]} bytes`
}

function countBytes(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)
}
