import type { Deviation } from './differ.ts'

/**
 * What may differ because the lab's engines are 20.10.24 and the simulator is 28.2.2. Each is one line of the readme of
 * this folder, where its reason stands.
 */
export function isLawful(deviation: Deviation): boolean {
  return RULES.some(rule => rule(deviation))
}

const RULES: readonly ((deviation: Deviation) => boolean)[] = []
