import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { DEFAULT_SCENARIO } from '../../source/simulator/scenarios/default.ts'
import { load } from '../../source/simulator/simulator.ts'
import { driveSwarm, EPOCH_MS, type SimulatedSwarm } from '../helpers/simulated-swarm.ts'

test('the swarm has a past when it is first looked at, and all is well', () => {
  const swarm = begin()
  assert.deepEqual(shortServices(swarm), [])
  const ages = swarm.services().map(service => EPOCH_MS - Date.parse(service.CreatedAt ?? ''))
  assert.ok(ages.every(ageMs => ageMs > 24 * 3_600_000))
  assert.ok(swarm.tasks().some(task => task.Status?.Err === 'task: non-zero exit (1)'))
})

test('something worth watching happens within ten seconds', () => {
  const swarm = begin()
  const heard = swarm.listen('/events')
  swarm.pass(10_000)
  assert.ok(heard().events.some(event => event.Actor?.Attributes?.['updatestate.new'] === 'updating'))
  const failed = swarm.tasks('mailer').map(task => EPOCH_MS - Date.parse(task.Status?.Timestamp ?? ''))
  assert.ok(failed.some(ageMs => ageMs < 0))
})

test('hours later it still moves, and nothing has run aground', () => {
  const swarm = begin()
  swarm.pass(3 * 3_600_000)
  assert.deepEqual(
    swarm.tasks().filter(task => task.Status?.State === 'pending'),
    [],
  )
  assert.ok(swarm.services().every(service => service.UpdateStatus?.State !== 'paused'))
})

function begin(): SimulatedSwarm {
  const swarm = driveSwarm(load(buildWorld(DEFAULT_SCENARIO, 1, EPOCH_MS)))
  swarm.pass(DEFAULT_SCENARIO.historyMs)
  return swarm
}

function shortServices(swarm: SimulatedSwarm): readonly (string | undefined)[] {
  return swarm
    .services()
    .filter(({ ServiceStatus: status }) => status?.RunningTasks !== status?.DesiredTasks)
    .map(service => service.Spec?.Name)
}
