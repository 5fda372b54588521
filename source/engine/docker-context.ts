import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failed, got } from './answer.ts'
import type { TlsMaterial } from './endpoint.ts'
import type { Answer } from './engine.ts'
import { readTlsMaterial } from './tls-material.ts'

/** `host` is `''` where the context leaves it to the default. */
export type DockerContext = { readonly host: string; readonly tls: TlsMaterial | null }

/**
 * Reads a context from the docker CLI's store. `chosenBy` says who asked for it (`--context`), for the sentence when it
 * is not there. Source: docker/cli cli/context/store (metadatastore.go, tlsstore.go), cli/context/docker/load.go
 */
export async function readContext(
  configDirectory: string,
  name: string,
  chosenBy: string,
): Promise<Answer<DockerContext>> {
  const id = createHash('sha256').update(name).digest('hex')
  const store = join(configDirectory, 'contexts')
  const file = join(store, 'meta', id, 'meta.json')
  const meta = await readJson(file)
  if (!meta.ok) {
    return configurationProblem(
      meta.isMissing
        ? `${chosenBy} names the context "${name}", which is not in ${store}; there ${await listContexts(configDirectory)}`
        : `The context "${name}" cannot be used, since ${file} ${meta.reason}; create it anew with docker context create`,
    )
  }
  const endpoint = endpointOf(meta.value)
  if (endpoint === null) {
    return configurationProblem(
      `The context "${name}" names no Docker engine in ${file}; give it one with docker context update --docker host=…`,
    )
  }
  const tls = await readTlsMaterial(join(store, 'tls', id, 'docker'), { verify: !endpoint.skipTlsVerify })
  if (!tls.ok) return tls
  const isWanted = endpoint.skipTlsVerify || tls.value.ca !== null || tls.value.cert !== null
  return got({ host: endpoint.host, tls: isWanted ? tls.value : null })
}

/** The context of `docker context use`, `''` when there is none. */
export async function readCurrentContext(configDirectory: string): Promise<Answer<string>> {
  const file = join(configDirectory, 'config.json')
  const config = await readJson(file)
  if (!config.ok) {
    if (config.isMissing) return got('')
    return configurationProblem(
      `The current docker context is not known, since ${file} ${config.reason}; mend it, or say --host or --context`,
    )
  }
  const current = fieldOf(config.value, 'currentContext')
  return got(typeof current === 'string' ? current : '')
}

function configurationProblem(text: string) {
  return failed({ kind: 'configuration', text })
}

type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly isMissing: boolean; readonly reason: string }

async function readJson(file: string): Promise<Read> {
  try {
    return { ok: true, value: JSON.parse(await readFile(file, 'utf8')) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = code === '' ? 'is not JSON' : `cannot be read (${code})`
    return { ok: false, isMissing: code === 'ENOENT' || code === 'ENOTDIR', reason }
  }
}

/** A context as it lies in the store. `name`: null where its file cannot be read; `folder` stands for it then. */
export type StoredContext = {
  readonly name: string | null
  readonly folder: string
  readonly description: string
  readonly host: string
  readonly reason: string
}

/** Every context of the store, by name. A store that is not there has none. */
export async function readStore(configDirectory: string): Promise<readonly StoredContext[]> {
  const store = join(configDirectory, 'contexts', 'meta')
  const folders = await readdir(store).catch(() => [])
  const stored = await Promise.all(
    folders.map(async (folder): Promise<StoredContext> => {
      const file = join(store, folder, 'meta.json')
      const meta = await readJson(file)
      const nothing = { name: null, folder, description: '', host: '' }
      if (!meta.ok) return { ...nothing, reason: `${file} ${meta.isMissing ? 'is missing' : meta.reason}` }
      const name = fieldOf(meta.value, 'Name')
      if (typeof name !== 'string' || name === '') return { ...nothing, reason: `${file} has no name in it` }
      const description = fieldOf(fieldOf(meta.value, 'Metadata'), 'Description')
      const host = endpointOf(meta.value)?.host ?? ''
      return { name, folder, description: typeof description === 'string' ? description : '', host, reason: '' }
    }),
  )
  return stored.toSorted((one, other) => compareTexts(one.name ?? one.folder, other.name ?? other.folder))
}

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

async function listContexts(configDirectory: string): Promise<string> {
  const names = (await readStore(configDirectory)).flatMap(({ name }) => name ?? [])
  const known = ['default', ...names]
  return known.length === 1 ? 'is only "default"' : `are ${known.map(name => `"${name}"`).join(', ')}`
}

function endpointOf(meta: unknown): { readonly host: string; readonly skipTlsVerify: boolean } | null {
  const endpoint = fieldOf(fieldOf(meta, 'Endpoints'), 'docker')
  if (typeof endpoint !== 'object' || endpoint === null) return null
  const host = fieldOf(endpoint, 'Host') ?? ''
  if (typeof host !== 'string') return null
  return { host, skipTlsVerify: fieldOf(endpoint, 'SkipTLSVerify') === true }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
