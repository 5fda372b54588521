/** The scenarios that come along, the usual one first. Apart from their texts, which nobody needs who only asks for names. */
export const SCENARIO_NAMES = [
  'quiet-day',
  'lost-leader',
  'lost-quorum',
  'crash-loop',
  'stuck-update',
  'two-zones',
  'thousand-nodes',
  'high-availability',
  'maintenance',
  'lifecycle',
  'first-swarm',
  'one-machine',
] as const

export type ScenarioName = (typeof SCENARIO_NAMES)[number]
