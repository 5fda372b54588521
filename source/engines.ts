import { homedir } from 'node:os'
import type { Place } from './app/state.ts'
import { controlBeside } from './control/control-beside.ts'
import type { Endpoint } from './engine/endpoint.ts'
import type { Engine } from './engine/engine.ts'
import { openEngine } from './engine/open-engine.ts'
import { findEngines, type Source } from './find-source.ts'
import type { ListedContext } from './swarm/listed-context.ts'

/** The engines that are looked through, which are others after a change of the docker context. */
export type Engines = {
  /** By host, in the order of the settings. */
  readonly at: (host: number) => Engine
  readonly place: () => Place
  readonly listContexts: () => Promise<readonly ListedContext[]>
  /** Lets go of what is open, a simulation too, and opens the engine of a context; one sentence where that cannot be. */
  readonly changeTo: (context: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly text: string }>
  readonly close: () => Promise<void>
}

/** Opens the engines of a source; each connects when it is first asked. */
export function openEngines(first: Source): Engines {
  let source = first
  let engines = source.endpoints.map(openEngine)
  const close = async () => {
    for (const engine of engines) engine.close()
    await source.close()
  }
  return {
    at: host => {
      const engine = engines[host]
      if (engine === undefined) throw new Error(`There is no host number ${host}`)
      return engine
    },
    place: () => ({
      source: { kind: source.kind, name: source.name, context: source.endpoints[0]?.context ?? '' },
      hosts: source.endpoints.map(endpoint => endpoint.name),
      controls: source.endpoints.map(controlOf),
      patience: engines.map(engine => engine.patience),
    }),
    listContexts: async () => {
      const { listContexts } = await import('./engine/list-contexts.ts')
      return listContexts({ env: process.env, home: homedir() })
    },
    changeTo: async context => {
      const found = await findEngines({ kind: 'engine', hosts: [], context })
      if (!found.ok) return { ok: false, text: found.text }
      await close()
      source = found.source
      engines = source.endpoints.map(openEngine)
      return { ok: true }
    },
    close,
  }
}

const controlOf = (endpoint: Endpoint): string | null =>
  endpoint.kind === 'unix' ? controlBeside(endpoint.path) : null
