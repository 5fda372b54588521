import type { Problem } from '../swarm/problem.ts'
import type { Answer } from './engine.ts'

export function got<T>(value: T): Answer<T> {
  return { ok: true, value }
}

export function failed(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem }
}
