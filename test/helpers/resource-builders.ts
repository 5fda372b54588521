import { resourceKey } from '../../source/app/resources.ts'
import type { State } from '../../source/app/state.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import type { ResourceRef } from '../../source/swarm/resource-ref.ts'
import { NOW } from './api-builders.ts'

/** What a screen has read besides the reading: this answer, so long ago; without one, nothing yet. */
export function resourcesWith(
  ref: ResourceRef,
  words: { readonly value?: unknown; readonly readAgoMs?: number; readonly problem?: Problem },
): Pick<State, 'resources'> {
  const { value = null, readAgoMs = 1000, problem = null } = words
  const readAt = value === null ? null : NOW - readAgoMs
  return {
    resources: {
      [resourceKey(ref)]: { ref, asked: problem === null ? 1 : null, askedAt: NOW - 1000, value, readAt, problem },
    },
  }
}
