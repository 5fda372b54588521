import type { ApiReading } from './api/info.ts'
import type { Operation } from './operations/operation.ts'
import type { Plan } from './operations/plan.ts'

export type ReadingList = 'nodes' | 'services' | 'tasks'

/** What the worker is told: a reading piece by piece, and then what to rehearse on it. */
export type RehearsalOrder =
  /** A new reading begins. */
  | { readonly kind: 'begin'; readonly info: ApiReading['info']; readonly version: ApiReading['version'] }
  | { readonly kind: 'add'; readonly list: ReadingList; readonly items: readonly object[] }
  | { readonly kind: 'rehearse'; readonly number: number; readonly operations: readonly Operation[] }

export type RehearsalAnswer = { readonly number: number; readonly plan: Plan }
