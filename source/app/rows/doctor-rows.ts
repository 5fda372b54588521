import { explainFinding } from '../../swarm/doctor/explain-finding.ts'
import type { Finding, Subject } from '../../swarm/doctor/finding.ts'
import { currentView } from '../current-view.ts'
import { diagnosisOf } from '../diagnosis.ts'
import type { State } from '../state.ts'
import { keepLastBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'

/** A finding, or one of the several things that it is about. */
export type DoctorRow = {
  readonly id: string
  readonly finding: Finding
  /** What Enter opens and keys act on; null in the row that stands for several. */
  readonly subject: Subject | null
  /** Whether it is one of several, below the row that stands for them. */
  readonly isPart: boolean
}

/** The findings, the gravest first; below the one that was unfolded what it is about. */
export const DOCTOR_ROWS: RowSource<DoctorRow> = {
  all: state => rowsOf(diagnosisOf(state), currentView(state).parts.doctor ?? ''),
  idOf: ({ id }) => id,
  fieldsOf: ({ finding, subject }, state) => {
    const subjects = subject === null ? finding.subjects : [subject]
    const namesOf = (kind: Subject['kind']) =>
      subjects.flatMap(({ kind: other, name }) => (other === kind ? [name] : [])).join(' ')
    return {
      name: subjects.map(({ name }) => name).join(' '),
      finding: explainFinding(finding, takenAt(state)).text,
      kind: finding.kind,
      severity: finding.severity,
      node: namesOf('node'),
      service: namesOf('service'),
      task: namesOf('slot'),
    }
  },
  columns: [
    { name: 'severity', by: ({ finding }) => SEVERITIES.indexOf(finding.severity) },
    { name: 'finding', by: ({ finding }, state) => explainFinding(finding, takenAt(state)).text },
    { name: 'key', by: ({ finding }) => finding.kind },
  ],
}

const SEVERITIES: readonly Finding['severity'][] = ['critical', 'degraded', 'advice']

const takenAt = ({ reading }: State): number => reading?.cluster.snapshot.takenAt ?? 0

const rowsOf = keepLastBy((findings: readonly Finding[], unfolded: string): readonly DoctorRow[] =>
  findings.flatMap(finding => {
    const { id, subjects } = finding
    const [first] = subjects
    if (subjects.length === 1) return [{ id, finding, subject: first, isPart: false }]
    if (first.kind === 'slot') return [{ id, finding, subject: serviceOf(finding, first), isPart: false }]
    const parts = id === unfolded ? subjects.map(subject => partOf(finding, subject)) : []
    return [{ id, finding, subject: null, isPart: false }, ...parts]
  }),
)

/** Slots that are told of together are of one service, and its page shows them all. */
const serviceOf = (finding: Finding, { serviceId }: Subject & { kind: 'slot' }): Subject => ({
  kind: 'service',
  id: serviceId,
  name: 'service' in finding ? finding.service : serviceId,
})

const partOf = (finding: Finding, subject: Subject): DoctorRow => ({
  id: JSON.stringify([finding.id, identityOf(subject)]),
  finding,
  subject,
  isPart: true,
})

function identityOf(subject: Subject): string {
  if (subject.kind === 'slot') return `${subject.serviceId} ${subject.slot}`
  return 'id' in subject ? subject.id : subject.kind
}
