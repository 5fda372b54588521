import { currentView } from '../../app/current-view.ts'
import { rowsOf } from '../../app/rows/panel-rows.ts'
import {
  imageWords,
  labelWords,
  modeWords,
  replicasWords,
  servicePortWords,
  shortReplicasWords,
  updateWords,
} from '../../swarm/cli-words.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import { updateProgress } from '../../swarm/update-progress.ts'
import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, glyphsOf, type Looks, PLAIN, STRONG, updateLook, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The services in `docker service ls` order and words. */
export function ServicesPanel(props: ScreenPanelProps) {
  const { state, looks } = props
  const isWhole = currentView(state).screen.kind === 'services'
  const short = rowsOf(state, 'services').filter(entry => entry.isShort).length
  const columns = columnsFor(looks, isWhole)
  return (
    <StateTable
      {...props}
      panel="services"
      note={short > 0 ? [span(`${glyphsOf(looks).warning} short of desired ${short}`, WARNING)] : []}
      columns={isWhole ? [...columns, LABELS] : columns}
      nothing="no services yet: docker service create makes one"
    />
  )
}

function columnsFor(looks: Looks, isWhole: boolean): readonly Column<ClusterService>[] {
  return [
    {
      name: 'name',
      title: 'NAME',
      rank: 0,
      least: 12,
      keepsEnds: true,
      cell: ({ service }) => span(service.name, STRONG),
    },
    { name: 'mode', title: 'MODE', rank: 4, least: 10, cell: ({ service }) => span(modeWords(service)) },
    { name: 'replicas', title: 'REPLICAS', rank: 1, isRight: true, cell: entry => replicasCell(entry, looks, isWhole) },
    {
      name: 'image',
      title: 'IMAGE',
      rank: 3,
      least: 10,
      keepsEnd: true,
      cell: ({ service }) => span(imageWords(service.image)),
    },
    { name: 'update', title: 'UPDATE', rank: 2, cell: updateCell },
    {
      name: 'ports',
      title: 'PORTS',
      rank: 5,
      least: 14,
      isOptional: true,
      cell: ({ service }) => span(servicePortWords(service)),
    },
  ]
}

const LABELS: Column<ClusterService> = {
  name: 'labels',
  title: 'LABELS',
  isOptional: true,
  rank: 6,
  least: 12,
  cell: ({ service }) => span(labelWords(service.labels)),
}

function replicasCell(entry: ClusterService, looks: Looks, isWhole: boolean) {
  const words = isWhole ? replicasWords(entry) : shortReplicasWords(entry)
  if (!entry.isShort) return span(words)
  return span(`${glyphsOf(looks).warning} ${words}`, entry.running === 0 ? DANGER : WARNING)
}

function updateCell(entry: ClusterService) {
  const { update } = entry.service
  if (update === null) return span('')
  const progress = updateProgress(entry)
  const counts = progress === null ? '' : ` ${progress.renewed}/${progress.total}`
  return span(`${updateWords(update)}${counts}`, update.state === 'completed' ? PLAIN : updateLook(update.state))
}
