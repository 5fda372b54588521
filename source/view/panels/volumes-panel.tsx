import type { VolumeRow } from '../../app/rows/volume-rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { ageWords, labelWords } from '../../swarm/cli-words.ts'
import { ResourceTable } from '../resource-table.tsx'
import { span } from '../row.ts'
import type { Column } from '../table.ts'
import { QUIET, STRONG } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'
import { usedByColumn } from './used-by-column.ts'

/** The volumes of the engine that is asked. Those of other nodes nobody can see from here, so it says whose they are. */
export function VolumesPanel(props: ScreenPanelProps) {
  const { state } = props
  const engine = state.reading?.cluster.snapshot.self.name ?? ''
  return (
    <ResourceTable
      {...props}
      panel="volumes"
      resource={{ kind: 'volumes' }}
      columns={columnsFor(state)}
      nothing={`no volumes on ${engine}: docker volume create makes one`}
      note={[span(`of the engine at hand, ${engine}`, QUIET)]}
    />
  )
}

const columnsFor = (state: State): readonly Column<VolumeRow>[] => [
  { name: 'name', title: 'NAME', rank: 0, least: 16, cell: ({ volume }) => span(volume.name, STRONG) },
  { name: 'driver', title: 'DRIVER', rank: 2, least: 8, cell: ({ volume }) => span(volume.driver) },
  {
    name: 'scope',
    title: 'SCOPE',
    rank: 6,
    isOptional: true,
    // Nearly all of them are local, which says nothing.
    cell: ({ volume }) => span(volume.scope === 'local' ? '' : volume.scope),
  },
  usedByColumn(1),
  {
    name: 'created',
    title: 'CREATED',
    rank: 4,
    isOptional: true,
    cell: ({ volume }) => span(ageWords(volume.createdAt, swarmNow(state))),
  },
  {
    name: 'mount',
    title: 'MOUNT POINT',
    rank: 3,
    least: 16,
    keepsEnds: true,
    cell: ({ volume }) => span(volume.mountPoint, QUIET),
  },
  {
    name: 'labels',
    title: 'LABELS',
    rank: 5,
    least: 12,
    isOptional: true,
    cell: ({ volume }) => span(labelWords(volume.labels), QUIET),
  },
]
