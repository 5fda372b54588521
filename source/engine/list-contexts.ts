import { explainProblem } from '../swarm/explain-problem.ts'
import type { ListedContext } from '../swarm/listed-context.ts'
import { readCurrentContext, readStore, type StoredContext } from './docker-context.ts'
import { configDirectory, findEndpoints, type Wishes } from './find-endpoints.ts'
import { DEFAULT_SOCKET } from './parse-host.ts'

type Place = Pick<Wishes, 'env' | 'home'>

/**
 * The docker contexts that there are, `default` first, as `docker context ls` lists them; but one that is broken does not
 * keep the others from being listed. Source: docker/cli cli/command/context/list.go
 */
export async function listContexts(place: Place): Promise<readonly ListedContext[]> {
  const [stored, current] = await Promise.all([readStore(configDirectory(place)), currentContext(place)])
  const others = stored.filter(({ name }) => name !== 'default').map(context => describe(context, current, place))
  return Promise.all([describeDefault(current, place), ...others])
}

async function describeDefault(current: string, place: Place): Promise<ListedContext> {
  const found = await usable('default', place)
  return {
    name: 'default',
    description: 'DOCKER_HOST, or this machine',
    endpoint: found.endpoint || `unix://${DEFAULT_SOCKET}`,
    isCurrent: current === 'default',
    problem: found.problem,
  }
}

async function describe({ name, folder, ...stored }: StoredContext, current: string, place: Place) {
  const { description, host, reason } = stored
  if (name === null) {
    const shown = folder.slice(0, SHOWN_DIGITS)
    return { name: shown, description, endpoint: '', isCurrent: false, problem: `It cannot be used, since ${reason}` }
  }
  const found = await usable(name, place)
  return {
    name,
    description,
    endpoint: found.endpoint || host,
    isCurrent: name === current,
    problem: found.problem,
  }
}

/** A folder bears the SHA-256 of a name, of which the beginning is enough to tell it from others. */
const SHOWN_DIGITS = 12

/** What it would take to use the context, TLS files and all, without asking its engine. */
async function usable(context: string, place: Place): Promise<{ readonly endpoint: string; readonly problem: string }> {
  const found = await findEndpoints({ hosts: [], context, ...place })
  return found.ok
    ? { endpoint: found.value[0]?.name ?? '', problem: '' }
    : { endpoint: '', problem: explainProblem(found.problem) }
}

/** What `docker` would use here and now; `''` where its own configuration cannot be read. */
async function currentContext(place: Place): Promise<string> {
  if (place.env.DOCKER_HOST) return 'default'
  if (place.env.DOCKER_CONTEXT) return place.env.DOCKER_CONTEXT
  const current = await readCurrentContext(configDirectory(place))
  return current.ok ? current.value || 'default' : ''
}
