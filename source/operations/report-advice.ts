import type { Cluster } from '../swarm/cluster.ts'
import { NOTHING_KNOWN } from '../swarm/doctor/diagnose.ts'
import { explainFinding, explainSubject } from '../swarm/doctor/explain-finding.ts'
import type { Finding } from '../swarm/doctor/finding.ts'
import type { AdviceReport } from '../swarm/status-report.ts'
import { examine } from './examine.ts'
import { findRemedies } from './find-remedies.ts'

/** What the doctor finds in one reading, for `status`. It changes no verdict. */
export function reportAdvice(cluster: Cluster): readonly AdviceReport[] {
  return examine(cluster, NOTHING_KNOWN).map(finding => reportFinding(finding, cluster))
}

function reportFinding(finding: Finding, cluster: Cluster): AdviceReport {
  const { kind, severity, subjects } = finding
  const { takenAt } = cluster.snapshot
  const remedies = subjects.flatMap(subject => findRemedies(finding, subject, cluster))
  return {
    kind,
    severity,
    subjects: subjects.map(subject => ({
      kind: subject.kind,
      id: 'id' in subject ? subject.id : subject.kind === 'slot' ? subject.serviceId : null,
      name: subject.name,
      note: explainSubject(finding, subject, takenAt),
    })),
    ...explainFinding(finding, takenAt),
    helps: [...new Set(remedies.map(({ words }) => words))],
    commands: [...new Set(remedies.map(({ command }) => command))].filter(Boolean),
  }
}
