import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiNode } from '../../../source/api/node.ts'
import { findScenario, SCENARIO_NAMES } from '../../../source/simulator/scenarios/find-scenario.ts'
import { beginStory, placement } from '../../helpers/story.ts'

test('a scenario that does not come along is none', () => {
  for (const name of ['', 'default', 'quiet-day.yaml', 'constructor']) assert.equal(findScenario(name), null)
})

test('each that comes along is found by its name, and has it', () => {
  assert.deepEqual(
    SCENARIO_NAMES.map(name => findScenario(name)?.name),
    SCENARIO_NAMES,
  )
})

test('high-availability: a manager and two workers, each slot of ping where the walkthrough has it', () => {
  const story = beginStory('high-availability')
  assert.deepEqual(story.nodes().map(describe).toSorted(), [
    'aws-node1 ready active leader',
    'aws-node2 ready active worker',
    'aws-node3 ready active worker',
  ])
  assert.deepEqual(placement(story.tasks('ping'), story.nodes()), [
    '1@aws-node2',
    '2@aws-node3',
    '3@aws-node1',
    '4@aws-node2',
  ])
  assert.equal(story.tasks('ping').length, 4)
})

test('maintenance: three managers and two workers with something to move', () => {
  const story = beginStory('maintenance')
  assert.deepEqual(story.nodes().map(describe).toSorted(), [
    'node1 ready active leader',
    'node2 ready active reachable',
    'node3 ready active reachable',
    'node4 ready active worker',
    'node5 ready active worker',
  ])
  assert.deepEqual([story.replicas('web'), story.replicas('ping')], ['5/5', '5/5'])
})

test('lifecycle: a manager and a worker without any service, and a machine that can join', () => {
  const story = beginStory('lifecycle')
  assert.deepEqual(story.nodes().map(describe).toSorted(), ['dev01 ready active leader', 'dev02 ready active worker'])
  assert.deepEqual(story.ask('/services').value, [])
  assert.equal(story.info('dev03').Swarm?.LocalNodeState, 'inactive')
})

for (const [name, machines] of [
  ['first-swarm', ['manager1', 'worker1', 'worker2']],
  ['one-machine', ['server-01']],
] as const) {
  test(`${name}: ${machines.join(', ')}, in no swarm yet`, () => {
    const story = beginStory(name)
    assert.deepEqual(Object.keys(story.simulator.world.machines), machines)
    for (const machine of machines) assert.equal(story.info(machine).Swarm?.LocalNodeState, 'inactive')
  })
}

function describe({ Description, Status, Spec, ManagerStatus }: ApiNode): string {
  const role = ManagerStatus?.Leader ? 'leader' : (ManagerStatus?.Reachability ?? 'worker')
  return [Description?.Hostname, Status?.State, Spec?.Availability, role].join(' ')
}
