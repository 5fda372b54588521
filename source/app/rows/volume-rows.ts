import { compareNaturally } from '../../rules/natural-order.ts'
import { readVolumeList } from '../../swarm/read-volume.ts'
import { stackIn } from '../../swarm/stack.ts'
import type { Volume } from '../../swarm/volume.ts'
import { resourceRows } from './resource-rows.ts'
import { labelField, type RowSource } from './row-source.ts'
import { usersOfVolume } from './used-by.ts'

export type VolumeRow = { readonly volume: Volume; readonly usedBy: readonly string[] }

/** The volumes of the engine at hand, by name. */
export const VOLUME_ROWS: RowSource<VolumeRow> = {
  all: resourceRows({ kind: 'volumes' }, (answer, cluster) =>
    readVolumeList(answer)
      .map(volume => ({ volume, usedBy: usersOfVolume(volume.name, cluster) }))
      .toSorted((one, other) => compareNaturally(one.volume.name, other.volume.name)),
  ),
  idOf: ({ volume }) => volume.name,
  fieldsOf: ({ volume, usedBy }) => ({
    name: volume.name,
    driver: volume.driver,
    scope: volume.scope,
    mount: volume.mountPoint,
    stack: stackIn(volume.labels),
    used: usedBy.join(' '),
    label: labelField(volume.labels),
  }),
  columns: [
    { name: 'name', by: ({ volume }) => volume.name },
    { name: 'driver', by: ({ volume }) => volume.driver },
    { name: 'scope', by: ({ volume }) => volume.scope },
    { name: 'used', by: ({ usedBy }) => usedBy.length },
    { name: 'created', by: ({ volume }) => -volume.createdAt },
    { name: 'mount', by: ({ volume }) => volume.mountPoint },
    { name: 'labels', by: ({ volume }) => labelField(volume.labels) },
  ],
}
