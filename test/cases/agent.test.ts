import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../source/api/task.ts'
import { report } from '../../source/simulator/dispatcher/reports.ts'
import type { ImageBehaviour } from '../../source/simulator/world/image.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

const SLOWLY = { createMs: [2_000, 2_000], startMs: [2_000, 2_000] } as const

test('126. Steps and messages of the agent', async t => {
  await t.test('a normal life, up to exit code 0', () => {
    const swarm = oneTask({ ...SLOWLY, exit: { chance: 1, afterMs: [2_000, 2_000], code: 0 } })
    assert.deepEqual(life(swarm), [
      'pending pending task scheduling',
      'assigned scheduler assigned task to node',
      'preparing preparing',
      'starting starting',
      'running started',
      'complete finished',
    ])
  })

  await t.test('who may not start yet is prepared', () => {
    const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: {} } })
    swarm.create(serviceSpec('web', { image: 'image:1' }))
    swarm.pass(3_000)
    swarm.simulator.inject({ kind: 'kill-container', taskId: swarm.tasks('web')[0]?.ID ?? '', exitCode: 1 })
    swarm.pass(3_000)
    const replacement = swarm.tasks('web').find(({ DesiredState }) => DesiredState === 'ready')
    assert.deepEqual([replacement?.Status?.State, replacement?.Status?.Message], ['ready', 'prepared'])
  })

  await t.test('what cannot be prepared is rejected, and its message stays where it was', () => {
    const swarm = oneTask({ isMissing: true })
    life(swarm)
    assert.deepEqual(statusOf(swarm), ['rejected', 'preparing', 'No such image: image:1'])
  })

  await t.test('exit code 1 is a failure, and its message stays where it was', () => {
    const swarm = oneTask({ exit: { chance: 1, afterMs: [500, 500], code: 1 } })
    life(swarm)
    assert.deepEqual(statusOf(swarm), ['failed', 'started', 'task: non-zero exit (1)'])
  })

  await t.test('who is told to stop has been shut down', () => {
    const swarm = oneTask({})
    life(swarm)
    swarm.changeNode('node1', { Availability: 'drain' })
    swarm.pass(5_000)
    assert.deepEqual(statusOf(swarm), ['shutdown', 'shutdown', undefined])
  })

  await t.test('who has ended stays as it ended, whatever is desired', () => {
    const swarm = oneTask({ exit: { chance: 1, afterMs: [500, 500], code: 1 } })
    life(swarm)
    assert.equal(swarm.tasks('web')[0]?.DesiredState, 'shutdown')
    swarm.pass(5_000)
    assert.deepEqual(statusOf(swarm), ['failed', 'started', 'task: non-zero exit (1)'])
  })
})

test('125. State never goes back', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: {} } })
  swarm.create(serviceSpec('web', { image: 'image:1', restart: { Condition: 'none' } }))
  swarm.pass(5_000)
  const [task] = swarm.tasks('web')
  const { world } = swarm.simulator
  const machines = Object.values(world.machines)
  const own = machines.find(machine => machine.membership?.nodeId === task?.NodeID)
  const other = machines.find(machine => machine !== own)
  assert.ok(own && other && task?.ID)
  const running = own.tasks[task.ID]?.status
  assert.ok(running)

  report(world, other, task.ID, { ...running, at: world.now, state: 'failed' })
  swarm.pass(200)
  assert.equal(statusOf(swarm)[0], 'running', 'another node says so')

  swarm.simulator.inject({ kind: 'kill-container', taskId: task.ID, exitCode: 1 })
  swarm.pass(1_000)
  report(world, own, task.ID, { ...running, at: world.now })
  swarm.pass(1_000)
  assert.equal(statusOf(swarm)[0], 'failed', 'a late message')
})

/** On a swarm of one node, never restarted. */
function oneTask(behaviour: Partial<ImageBehaviour>): SimulatedSwarm {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: behaviour } })
  swarm.create(serviceSpec('web', { image: 'image:1', restart: { Condition: 'none' } }))
  return swarm
}

/** Each state that a client could see, with its message. */
function life(swarm: SimulatedSwarm): readonly string[] {
  const seen: string[] = []
  for (let step = 0; step < 1_000; step++) {
    const { State, Message } = swarm.tasks('web')[0]?.Status ?? {}
    const state = `${State} ${Message}`
    if (seen.at(-1) !== state) seen.push(state)
    swarm.pass(10)
  }
  return seen
}

function statusOf(swarm: SimulatedSwarm): readonly (string | undefined)[] {
  const { State, Message, Err }: NonNullable<ApiTask['Status']> = swarm.tasks('web')[0]?.Status ?? {}
  return [State, Message, Err]
}
