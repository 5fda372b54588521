import { sayKey } from '../../app/key-groups.ts'
import type { DoctorRow } from '../../app/rows/doctor-rows.ts'
import { selectedRow } from '../../app/rows/panel-rows.ts'
import type { State } from '../../app/state.ts'
import { findRemedies, type Remedy } from '../../operations/find-remedies.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { CHECKED } from '../../swarm/doctor/diagnose.ts'
import { explainFinding, explainSubject } from '../../swarm/doctor/explain-finding.ts'
import type { Finding, Subject } from '../../swarm/doctor/finding.ts'
import type { Area } from '../layout.ts'
import { listWidth } from '../list-panel.tsx'
import { BORDER_ROWS } from '../panel.tsx'
import { type Row, type Span, span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { wrapRow } from '../wrap-row.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** What is wrong, could go wrong or was forgotten; below the list, of the selected finding, why it matters and what helps. */
export function DoctorPanel(props: ScreenPanelProps) {
  const { state, area, looks } = props
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  const selected = selectedRow(state, 'doctor')
  return (
    <StateTable
      {...props}
      panel="doctor"
      columns={columnsFor(state, cluster, looks)}
      nothing="nothing to advise"
      below={selected === null ? checkedRows(area, looks) : explanation(selected, state, cluster, area, looks)}
    />
  )
}

function columnsFor(state: State, cluster: Cluster, looks: Looks): readonly Column<DoctorRow>[] {
  return [
    { name: 'severity', title: '', rank: 0, cell: row => severityCell(row, looks) },
    { name: 'finding', title: 'FINDING', rank: 1, least: 20, cell: row => span(findingWords(row, cluster)) },
    { name: 'key', title: 'HELPS', rank: 2, isOptional: true, cell: row => keyCell(row, state, cluster) },
  ]
}

const SEVERITY_LOOKS: Readonly<Record<Finding['severity'], Look>> = {
  critical: DANGER,
  degraded: WARNING,
  advice: QUIET,
}

function severityCell({ finding, isPart }: DoctorRow, looks: Looks): Span {
  const { failed, warning, separator } = glyphsOf(looks)
  const signs = { critical: failed, degraded: warning, advice: separator }
  return isPart ? span('') : span(signs[finding.severity], SEVERITY_LOOKS[finding.severity])
}

function findingWords({ finding, subject, isPart }: DoctorRow, { snapshot }: Cluster): string {
  const { takenAt } = snapshot
  if (subject === null) {
    const names = finding.subjects.slice(0, MOST_NAMED).map(({ name }) => name)
    return `${explainFinding(finding, takenAt).text}: ${names.join(', ')}${finding.subjects.length > MOST_NAMED ? ' …' : ''}`
  }
  return isPart
    ? `  ${subject.name}  ${explainSubject(finding, subject, takenAt)}`
    : explainFinding(finding, takenAt).text
}

/** More than a line holds. */
const MOST_NAMED = 20

/**
 * The key that helps most, with what it does; where it is not heard on this row, the way to where it is. Where no key is
 * the first thing to try, none: a node that is down is to be started and not removed.
 */
function keyCell({ finding, subject }: DoctorRow, state: State, cluster: Cluster): Span {
  const open = keyOf(state, 'open')
  if (subject === null) return span(open && `${open} each`, QUIET)
  if (subject.kind === 'managers') return span(open && `${open} nodes`, QUIET)
  const [first] = findRemedies(finding, subject, cluster)
  const by = first?.by ?? null
  const key = by === null ? '' : keyOf(state, by)
  return span(by === null || key === '' ? '' : `${key} ${by.replaceAll('-', ' ')}`, KEY)
}

function explanation(row: DoctorRow, state: State, cluster: Cluster, area: Area, looks: Looks): readonly Row[] {
  const { finding, subject } = row
  const width = listWidth(area)
  const { text, why } = explainFinding(finding, cluster.snapshot.takenAt)
  const told = row.isPart && subject !== null ? `${subject.name}: ${text}` : text
  const remedies = findRemedies(finding, subject ?? finding.subjects[0], cluster)
  const rows = [
    ...wrapRow([span(told, STRONG)], width, looks),
    ...wrapRow([span(why)], width, looks),
    ...remedies.flatMap(remedy => wrapRow(remedyRow(remedy, subject, state, looks), width, looks)),
  ]
  return fill([[span(glyphsOf(looks).border.top.repeat(width), QUIET)], ...rows], area)
}

/** Of several subjects the command would be that of the first alone. */
function remedyRow({ by, words, command }: Remedy, subject: Subject | null, state: State, looks: Looks): Row {
  const isElsewhere = subject === null || subject.kind === 'managers'
  const key = by === null ? '' : keyOf(state, by)
  const pressed = key !== '' && isElsewhere ? thenKey(state, key) : key
  const shell = command === '' || subject === null ? [] : [span(`  ${command}`, QUIET)]
  return pressed === ''
    ? [span(`${glyphsOf(looks).separator} `, QUIET), span(words, PLAIN), ...shell]
    : [span(`${pressed}  `, KEY), span(words, PLAIN), ...shell]
}

const keyOf = (state: State, name: string): string => sayKey(state, name, key => key)

const thenKey = (state: State, key: string): string => [keyOf(state, 'open'), key].filter(Boolean).join(', then ')

const checkedRows = (area: Area, looks: Looks): readonly Row[] =>
  fill(
    [
      [span('What was looked at:', QUIET)],
      ...CHECKED.flatMap(line =>
        wrapRow([span(`${glyphsOf(looks).separator} ${line}`, QUIET)], listWidth(area), looks),
      ),
    ],
    area,
  )

/** As many rows for every finding, so that the list keeps its place while one goes through it. */
function fill(rows: readonly Row[], { height }: Area): readonly Row[] {
  const count = Math.max(0, Math.min(MOST_ROWS, Math.floor((height - BORDER_ROWS) * SHARE)))
  return Array.from({ length: count }, (_, index) => rows[index] ?? [])
}

const MOST_ROWS = 9
const SHARE = 0.4
