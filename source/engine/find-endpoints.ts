import { join } from 'node:path'
import { failed, got } from './answer.ts'
import { readContext, readCurrentContext } from './docker-context.ts'
import type { Endpoint, TlsMaterial } from './endpoint.ts'
import type { Answer } from './engine.ts'
import { DEFAULT_SOCKET, parseHost } from './parse-host.ts'
import { readTlsMaterial } from './tls-material.ts'

export type Wishes = {
  /** Each `--host`. */
  readonly hosts: readonly string[]
  /** `--context`, null when it is not given. */
  readonly context: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** The home directory, where `.docker` is. */
  readonly home: string
}

/**
 * Where the docker CLI would look for an engine: `--context`, or else `--host`, `DOCKER_HOST`, `DOCKER_CONTEXT`, the
 * current context, the default socket. Several `--host` give several endpoints, in their order. A failure is a
 * `configuration` problem. Source: docker/cli cli/command/cli.go (resolveContextName, resolveDefaultDockerEndpoint)
 */
export async function findEndpoints(wishes: Wishes): Promise<Answer<readonly Endpoint[]>> {
  const { hosts, env } = wishes
  const context = wishes.context ?? ''
  if (context !== '' && hosts.length > 0) {
    return failed({ kind: 'configuration', text: '--host and --context name two different engines; leave one out' })
  }
  if (context !== '') return inContext(context, '--context', wishes)
  if (hosts.length > 0) return all(hosts.map(host => atHost(host, '--host', wishes)))
  if (env.DOCKER_HOST) return only(atHost(env.DOCKER_HOST, 'DOCKER_HOST', wishes))
  if (env.DOCKER_CONTEXT) return inContext(env.DOCKER_CONTEXT, 'DOCKER_CONTEXT', wishes)

  const current = await readCurrentContext(configDirectory(wishes))
  if (!current.ok) return current
  return inContext(current.value || 'default', `currentContext in ${configDirectory(wishes)}/config.json`, wishes)
}

/** The context `default` is what there would be without contexts. */
async function inContext(name: string, chosenBy: string, wishes: Wishes): Promise<Answer<readonly Endpoint[]>> {
  if (name === 'default') return only(atHost(wishes.env.DOCKER_HOST ?? '', 'DOCKER_HOST', wishes))
  const found = await readContext(configDirectory(wishes), name, chosenBy)
  if (!found.ok) return found
  const host = found.value.host || `unix://${DEFAULT_SOCKET}`
  return only(endpoint(host, name, `The context "${name}" has the host`, found.value.tls))
}

/** An empty host means the default, which is a TCP port when TLS is asked for. */
async function atHost(host: string, givenBy: string, wishes: Wishes): Promise<Answer<Endpoint>> {
  const isTlsWanted = Boolean(wishes.env.DOCKER_TLS_VERIFY) || Boolean(wishes.env.DOCKER_TLS)
  const url = host.trim() || (isTlsWanted ? 'tcp://localhost:2376' : `unix://${DEFAULT_SOCKET}`)
  const plain = endpoint(url, '', givenBy, null)
  if (!plain.ok || plain.value.kind !== 'tcp' || !isTlsWanted) return plain
  const tls = await tlsOfEnvironment(wishes)
  return tls.ok ? endpoint(url, '', givenBy, tls.value) : tls
}

/**
 * `DOCKER_TLS_VERIFY` has effect with any value, be it `0`; `DOCKER_TLS` alone does without verifying. The CA has to be
 * there in either case. Source: docker/cli cli/flags/options.go (SetDefaultOptions)
 */
async function tlsOfEnvironment(wishes: Wishes): Promise<Answer<TlsMaterial>> {
  const { env } = wishes
  const directory = env.DOCKER_CERT_PATH || configDirectory(wishes)
  const material = await readTlsMaterial(directory, { verify: Boolean(env.DOCKER_TLS_VERIFY) })
  if (!material.ok || material.value.ca !== null) return material
  const asker = env.DOCKER_TLS_VERIFY ? 'DOCKER_TLS_VERIFY' : 'DOCKER_TLS'
  const text = `${asker} asks for TLS, but there is no ${join(directory, 'ca.pem')}; put it there, or set DOCKER_CERT_PATH to where it is`
  return failed({ kind: 'configuration', text })
}

function endpoint(url: string, context: string, givenBy: string, tls: TlsMaterial | null): Answer<Endpoint> {
  const parsed = parseHost(url, tls)
  if (parsed.ok) return got({ name: url, context, ...parsed.address })
  return failed({ kind: 'configuration', text: `${givenBy} "${withoutPassword(url)}": ${parsed.reason}` })
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^/@:]*):[^/]*@/, '$1:…@')
}

/** Where the docker CLI keeps what its person has set. */
export function configDirectory({ env, home }: Pick<Wishes, 'env' | 'home'>): string {
  return env.DOCKER_CONFIG || join(home, '.docker')
}

async function only(endpoint: Promise<Answer<Endpoint>> | Answer<Endpoint>): Promise<Answer<readonly Endpoint[]>> {
  return all([endpoint])
}

async function all(
  endpoints: readonly (Promise<Answer<Endpoint>> | Answer<Endpoint>)[],
): Promise<Answer<readonly Endpoint[]>> {
  const found: Endpoint[] = []
  for (const answer of await Promise.all(endpoints)) {
    if (!answer.ok) return answer
    found.push(answer.value)
  }
  return got(found)
}
