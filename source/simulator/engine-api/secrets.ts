import { findConfig, findSecret } from '../control-api/find.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { createSecret, removeSecret, type SecretKind, type SecretSpec, updateSecret } from '../control-api/secret.ts'
import type { Driver, Secret } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { type ClusterCall, EMPTY, json, type Result, readBody, resultOf } from './call.ts'
import { type Filters, meetsLabels, readFilters } from './filters.ts'
import { secretSpecShape } from './object-shapes.ts'
import { formatTime } from './time.ts'

/* Source: moby/moby api/server/router/swarm/cluster_routes.go, daemon/cluster/{secrets,configs}.go */

/** The five routes of secrets, or of configs, which are the same but for the data: nobody is shown a secret's. */
export function routesOf(kind: SecretKind) {
  return {
    list: (call: ClusterCall): Result => {
      const filters = readFilters(call, FILTERS[kind])
      if (!filters.ok) return resultOf(filters, json)
      const found = Object.values(kind === 'secret' ? call.swarm.secrets : call.swarm.configs)
        .filter(secret => passes(filters.value, secret))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      return json(found.map(secret => render(call.world, kind, secret)))
    },
    inspect: (call: ClusterCall): Result => {
      const found = kind === 'secret' ? findSecret(call.swarm, call.id) : findConfig(call.swarm, call.id)
      return resultOf(found, secret => json(render(call.world, kind, secret)))
    },
    create: (call: ClusterCall): Result => {
      const spec = readSpec(call, kind)
      if (!spec.ok) return resultOf(spec, json)
      return resultOf(createSecret(call.world, call.swarm, kind, spec.value), id => json({ ID: id }, 201))
    },
    update: (call: ClusterCall): Result => {
      const spec = readSpec(call, kind)
      if (!spec.ok) return resultOf(spec, json)
      const version = call.query.get('version') ?? ''
      if (!/^\d{1,15}$/.test(version)) return resultOf(refused(400, `invalid ${kind} version`), json)
      return resultOf(updateSecret(call.world, call.swarm, kind, call.id, Number(version), spec.value), () => EMPTY)
    },
    remove: (call: ClusterCall): Result =>
      resultOf(removeSecret(call.world, call.swarm, kind, call.id), () => ({ kind: 'empty', status: 204 })),
  }
}

const FILTERS = { secret: ['names', 'name', 'id', 'label'], config: ['name', 'id', 'label'] }

/** A config's driver is an unknown field, and as such ignored. */
function readSpec(call: ClusterCall, kind: SecretKind): Answer<SecretSpec> {
  const body = readBody(call, kind === 'secret' ? 'SecretSpec' : 'ConfigSpec', secretSpecShape)
  if (!body.ok) return body
  const { Name = '', Labels = {}, Data = null, Driver, Templating } = body.value
  return granted({
    name: Name,
    labels: Labels,
    data: Data,
    driver: kind === 'secret' ? readDriver(Driver) : null,
    templating: readDriver(Templating),
  })
}

function readDriver(driver: { readonly Name?: string; readonly Options?: Driver['options'] } | undefined) {
  return driver === undefined ? null : { name: driver.Name ?? '', options: driver.Options ?? {} }
}

/** Names and IDs are alternatives to each other, other than anywhere else. */
function passes(filters: Filters, { id, name, labels }: Secret): boolean {
  const { names = [], name: prefixes = [], id: ids = [] } = filters
  const isAsked =
    names.length + prefixes.length + ids.length === 0 ||
    names.includes(name) ||
    prefixes.some(prefix => name.startsWith(prefix)) ||
    ids.some(prefix => id.startsWith(prefix))
  return isAsked && meetsLabels(filters, 'label', labels)
}

/** Source: moby/moby daemon/cluster/convert/{secret,config}.go */
function render(world: World, kind: SecretKind, secret: Secret) {
  return {
    ID: secret.id,
    Version: { Index: secret.version },
    CreatedAt: formatTime(world, secret.createdAt),
    UpdatedAt: formatTime(world, secret.updatedAt),
    Spec: {
      Name: secret.name,
      Labels: secret.labels,
      ...(kind === 'config' && { Data: secret.data }),
      ...(secret.driver !== null && { Driver: renderDriver(secret.driver) }),
      ...(secret.templating !== null && { Templating: renderDriver(secret.templating) }),
    },
  }
}

function renderDriver({ name, options }: Driver) {
  return { Name: name, ...(Object.keys(options).length > 0 && { Options: options }) }
}
