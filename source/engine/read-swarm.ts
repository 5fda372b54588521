import type { ApiInfo, ApiReading, ApiVersion } from '../api/info.ts'
import type { ApiNode } from '../api/node.ts'
import type { ApiService } from '../api/service.ts'
import type { ApiTask } from '../api/task.ts'
import type { Problem } from '../swarm/problem.ts'
import { failed, got } from './answer.ts'
import { askForList, askForObject } from './ask.ts'
import type { Client } from './client.ts'
import type { Answer } from './engine.ts'
import { named, situationProblem } from './situation.ts'

/** Swarm mode is in the API since 1.24; `ServiceStatus`, which comes with 1.41, may be missing. */
const OLDEST_API = '1.24'

type Read = (signal: AbortSignal, onProgress: () => void) => Promise<Answer<ApiReading>>

/** Makes the function that reads a manager whole. It asks for the version once, and again after a failure. */
export function createRead(client: Client): Read {
  let version: ApiVersion | null = null
  return async (signal, onProgress) => {
    const reading = await readSwarm(client, version, signal, atIntervals(onProgress))
    version = reading.ok ? reading.value.version : null
    return reading
  }
}

async function readSwarm(
  client: Client,
  knownVersion: ApiVersion | null,
  givenSignal: AbortSignal,
  onProgress: () => void,
): Promise<Answer<ApiReading>> {
  const giveUp = new AbortController()
  const signal = AbortSignal.any([givenSignal, giveUp.signal])
  const [info, version, nodes, services, tasks] = await Promise.all([
    readInfo(client, signal, giveUp),
    knownVersion === null
      ? askForObject<ApiVersion>(client, { method: 'GET', path: '/version', signal })
      : got<ApiVersion>(knownVersion),
    askForList<ApiNode>(client, { method: 'GET', path: '/nodes', signal, onProgress }),
    askForList<ApiService>(client, { method: 'GET', path: '/services', query: { status: true }, signal, onProgress }),
    askForList<ApiTask>(client, { method: 'GET', path: '/tasks', signal, onProgress }),
  ])
  if (!info.ok) return info
  if (!version.ok) return version
  const tooOld = ageProblem(version.value)
  if (tooOld !== null) return failed(tooOld)
  const situation = situationProblem(info.value)
  // A worker that is just becoming a manager says so only here.
  const isBecomingManager = !nodes.ok && nodes.problem.kind === 'not-ready'
  if (situation !== null && !isBecomingManager) return failed(situation)
  if (!nodes.ok) return failed(named(nodes.problem, info.value))
  if (!services.ok) return failed(named(services.problem, info.value))
  if (!tasks.ok) return failed(named(tasks.problem, info.value))
  return got({
    info: info.value,
    version: version.value,
    nodes: nodes.value,
    services: services.value,
    tasks: tasks.value,
  })
}

/** Where this gets nowhere the other calls would not either; above all, an ssh that fails is not to be tried for each. */
async function readInfo(client: Client, signal: AbortSignal, giveUp: AbortController): Promise<Answer<ApiInfo>> {
  const info = await askForObject<ApiInfo>(client, { method: 'GET', path: '/info', signal })
  if (!info.ok) giveUp.abort()
  return info
}

/** An engine that does not say its version is given the benefit of the doubt. */
function ageProblem({ ApiVersion: found }: ApiVersion): Problem | null {
  const isOlder = typeof found === 'string' && rankOf(found) < rankOf(OLDEST_API)
  return isOlder ? { kind: 'api-too-old', found, needed: OLDEST_API } : null
}

/** `1.9` comes before `1.24`. */
function rankOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1000 + minor
}

/** A large answer comes in thousands of pieces, and nobody has to know of each. */
function atIntervals(action: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - last < PROGRESS_INTERVAL_MS) return
    last = now
    action()
  }
}

const PROGRESS_INTERVAL_MS = 250
