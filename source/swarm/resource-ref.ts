/** What an engine can be asked for besides the reading of nodes, services and tasks. */
export type ResourceRef =
  | { readonly kind: 'swarm' | 'networks' | 'volumes' | 'secrets' | 'configs' }
  | { readonly kind: 'object'; readonly object: ObjectRef }

/** An object of the Engine API, by what its inspect call takes: an ID, or the name of a volume; the swarm has none. */
export type ObjectRef = { readonly kind: ObjectKind; readonly id: string }

export type ObjectKind = 'node' | 'service' | 'task' | 'network' | 'volume' | 'secret' | 'config' | 'swarm'
