import { currentView, selectedId, serviceRows } from '../../app/rows.ts'
import type { State } from '../../app/state.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import {
  imageWords,
  labelWords,
  modeWords,
  replicasWords,
  servicePortWords,
  shortReplicasWords,
  updateWords,
} from '../cli-words.ts'
import type { Area } from '../layout.ts'
import { emptyText, listTitle } from '../panel-title.ts'
import { type Row, span } from '../row.ts'
import type { Column } from '../table.ts'
import { TablePanel } from '../table-panel.tsx'
import { DANGER, glyphsOf, type Looks, PLAIN, STRONG, updateLook, WARNING } from '../theme.ts'
import { updateProgress } from '../update-progress.ts'

type Props = {
  readonly state: State
  readonly area: Area
  readonly looks: Looks
  readonly tabs?: Row
  readonly isWhole?: boolean
}

/** The services in `docker service ls` order and words. */
export function ServicesPanel({ state, area, looks, tabs, isWhole = false }: Props) {
  const items = serviceRows(state)
  const services = state.reading?.cluster.services ?? []
  const short = services.filter(entry => entry.isShort).length
  const columns = columnsFor(looks, isWhole)
  return (
    <TablePanel
      area={area}
      title={tabs ?? listTitle(state, 'services', 'Services', items.length, services.length)}
      note={short > 0 ? [span(`${glyphsOf(looks).warning} short of desired ${short}`, WARNING)] : []}
      columns={isWhole ? [...columns, LABELS] : columns}
      items={items}
      idOf={({ service }) => service.id}
      selectedId={selectedId(state, 'services')}
      isFocused={currentView(state).focus === 'services'}
      emptyText={emptyText(state, 'services', 'no services')}
      looks={looks}
    />
  )
}

function columnsFor(looks: Looks, isWhole: boolean): readonly Column<ClusterService>[] {
  return [
    { title: 'NAME', rank: 0, least: 12, cell: ({ service }) => span(service.name, STRONG) },
    { title: 'MODE', rank: 4, least: 10, cell: ({ service }) => span(modeWords(service)) },
    { title: 'REPLICAS', rank: 1, isRight: true, cell: entry => replicasCell(entry, looks, isWhole) },
    { title: 'IMAGE', rank: 3, least: 10, keepsEnd: true, cell: ({ service }) => span(imageWords(service.image)) },
    { title: 'UPDATE', rank: 2, cell: updateCell },
    { title: 'PORTS', rank: 5, least: 14, isOptional: true, cell: ({ service }) => span(servicePortWords(service)) },
  ]
}

const LABELS: Column<ClusterService> = {
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
