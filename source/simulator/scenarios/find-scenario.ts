import { CRASH_LOOP } from './built-in/crash-loop.ts'
import { FIRST_SWARM } from './built-in/first-swarm.ts'
import { HIGH_AVAILABILITY } from './built-in/high-availability.ts'
import { LIFECYCLE } from './built-in/lifecycle.ts'
import { LOST_LEADER } from './built-in/lost-leader.ts'
import { LOST_QUORUM } from './built-in/lost-quorum.ts'
import { MAINTENANCE } from './built-in/maintenance.ts'
import { ONE_MACHINE } from './built-in/one-machine.ts'
import { QUIET_DAY } from './built-in/quiet-day.ts'
import { STUCK_UPDATE } from './built-in/stuck-update.ts'
import { THOUSAND_NODES } from './built-in/thousand-nodes.ts'
import { TWO_ZONES } from './built-in/two-zones.ts'
import { parseScenario } from './parse-scenario.ts'
import type { Scenario } from './scenario.ts'
import type { ScenarioName } from './scenario-names.ts'

export { SCENARIO_NAMES } from './scenario-names.ts'

/** Each as the YAML that a person would write; `parse-scenario.ts` reads them all alike. */
const TEXTS: Readonly<Record<ScenarioName, string>> = {
  'quiet-day': QUIET_DAY,
  'lost-leader': LOST_LEADER,
  'lost-quorum': LOST_QUORUM,
  'crash-loop': CRASH_LOOP,
  'stuck-update': STUCK_UPDATE,
  'two-zones': TWO_ZONES,
  'thousand-nodes': THOUSAND_NODES,
  'high-availability': HIGH_AVAILABILITY,
  maintenance: MAINTENANCE,
  lifecycle: LIFECYCLE,
  'first-swarm': FIRST_SWARM,
  'one-machine': ONE_MACHINE,
}

/** A scenario that comes along, by its name (`SCENARIO_NAMES`); null when there is none of that name. */
export function findScenario(name: string): Scenario | null {
  const text = Object.entries(TEXTS).find(([known]) => known === name)?.[1]
  if (text === undefined) return null
  const parsed = parseScenario(text, name)
  if (!parsed.ok) throw new Error(`The scenario ${name} that comes along is wrong: ${parsed.text}`)
  return parsed.scenario
}
