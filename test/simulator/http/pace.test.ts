import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Pace, startPacing } from '../../../source/simulator/http/pace.ts'
import type { Simulator } from '../../../source/simulator/simulator.ts'
import { setTimer } from '../../../source/simulator/world/timer.ts'
import { simulatedSwarm } from '../../helpers/simulated-swarm.ts'

function paced(context: TestContext, simulator: Simulator, speed: number): Pace {
  const pace = startPacing(simulator, speed, () => {})
  context.after(pace.stop)
  return pace
}

function spin(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test('time goes with the clock of this machine, as many times as fast as told', context => {
  const { simulator } = simulatedSwarm()
  const pace = paced(context, simulator, 100)
  spin(10)
  pace.catchUp()
  assert.ok(simulator.world.now >= 1_000)
})

test('a pause is no time, and what went by meanwhile is not made up for', context => {
  const { simulator } = simulatedSwarm()
  const pace = paced(context, simulator, 1000)
  pace.change({ isPaused: true })
  const pausedAt = simulator.world.now
  spin(5)
  pace.catchUp()
  assert.equal(simulator.world.now, pausedAt)
  pace.change({ stepMs: 250 })
  assert.equal(simulator.world.now, pausedAt + 250)
  spin(50)
  pace.change({ isPaused: false, speed: 0.01 })
  pace.catchUp()
  assert.ok(simulator.world.now < pausedAt + 300)
})

test('a world that is too large for its speed goes as fast as it can and leaves turns to others', context => {
  const { simulator } = simulatedSwarm()
  for (let at = 0; at < 1_000_000; at += 500) setTimer(simulator.world, at, { kind: 'stream-end', stream: 'none' })
  const slow: Simulator = {
    ...simulator,
    advance: until => {
      spin(25)
      return simulator.advance(until)
    },
  }
  const pace = paced(context, slow, 1000)
  for (let turn = 0; turn < 3; turn += 1) {
    const before = simulator.world.now
    pace.catchUp()
    assert.ok(simulator.world.now - before <= 1_000)
  }
})
