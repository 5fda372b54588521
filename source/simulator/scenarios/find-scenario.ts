import { DEFAULT_SCENARIO } from './default.ts'
import type { Scenario } from './scenario.ts'

/** The scenarios that come along, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = { [DEFAULT_SCENARIO.name]: DEFAULT_SCENARIO }

/** Null when there is none of that name. */
export function findScenario(name: string): Scenario | null {
  return Object.hasOwn(SCENARIOS, name) ? (SCENARIOS[name] ?? null) : null
}
