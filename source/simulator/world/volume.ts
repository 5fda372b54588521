/** A volume that the swarm manages through a CSI plugin. Those of an engine's own are no objects of the store. */
export type ClusterVolume = {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly name: string
  /** Mounts may ask for any volume of a group, `group:NAME`. */
  readonly group: string
  readonly driver: string
  readonly labels: Readonly<Record<string, string>>
  readonly availability: 'active' | 'pause' | 'drain'
  /** On one node at a time, or on many. */
  readonly scope: 'single' | 'multi'
  readonly sharing: 'none' | 'readonly' | 'onewriter' | 'all'
}
