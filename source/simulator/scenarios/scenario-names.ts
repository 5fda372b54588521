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

/** What each is, in as few words as a list has room for; its own `about` says more. */
export const SCENARIO_LINES: Readonly<Record<ScenarioName, string>> = {
  'quiet-day': 'a small shop: deploys, a burst of load, a failure now and then',
  'lost-leader': "the leader's machine dies, another takes over, it comes back",
  'lost-quorum': 'two of three managers die, and come back',
  'crash-loop': 'a new version that keeps failing',
  'stuck-update': 'an update that pauses, another that rolls itself back',
  'two-zones': 'placement over two zones, and their cut',
  'thousand-nodes': '1,000 nodes and 10,000 tasks',
  'high-availability': 'to practise on: promote workers, lose managers',
  maintenance: 'to practise on: drain nodes, lose managers, bring all back',
  lifecycle: "to practise on: a service's life, from creation to removal",
  'first-swarm': 'three blank machines, to make a swarm of',
  'one-machine': 'one blank machine, to run many replicas on',
}
