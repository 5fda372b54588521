import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import { type Candidate, FILTERS } from './filter.ts'

/** The filters that apply to a task, ready to be asked about nodes. */
export type Pipeline = {
  readonly passes: (candidate: Candidate) => boolean
  /** Which nodes fail for what: `insufficient resources on 2 nodes; 1 node not available for new tasks`. */
  readonly explain: (candidates: readonly Candidate[]) => string
}

/** Source: moby/swarmkit manager/scheduler/pipeline.go (Process, Explain) */
export function preparePipeline(task: Task, swarm: Swarm): Pipeline {
  const checks = FILTERS.flatMap(filter => {
    const passes = filter.prepare(task, swarm)
    return passes === null ? [] : [{ passes, explain: filter.explain }]
  })
  return {
    passes: candidate => checks.every(check => check.passes(candidate)),
    explain: candidates => {
      const failed = checks.map(() => 0)
      for (const candidate of candidates) {
        const index = checks.findIndex(check => !check.passes(candidate))
        if (index >= 0) failed[index] = (failed[index] ?? 0) + 1
      }
      return checks
        .map((check, index) => ({ check, nodes: failed[index] ?? 0 }))
        .filter(({ nodes }) => nodes > 0)
        .toSorted((one, other) => other.nodes - one.nodes)
        .map(({ check, nodes }) => check.explain(nodes))
        .join('; ')
    },
  }
}
