import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareSlots } from '../../source/rehearsal/compare-slots.ts'
import { type Copy, copySwarm } from '../../source/rehearsal/copy-swarm.ts'
import { rehearse } from '../../source/rehearsal/rehearse.ts'
import { isSettled } from '../../source/rehearsal/settled.ts'
import { canCommit } from '../../source/simulator/raft/can-commit.ts'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { findScenario, SCENARIO_NAMES } from '../../source/simulator/scenarios/find-scenario.ts'
import { load } from '../../source/simulator/simulator.ts'
import { machineOfNode } from '../../source/simulator/world/machine.ts'
import { tasksOfNode } from '../../source/simulator/world/store.ts'
import { readingOf } from '../helpers/rehearsal-builders.ts'
import { driveSwarm, EPOCH_MS } from '../helpers/simulated-swarm.ts'

const MOMENTS_MS = [0, 12_000, 45_000, 130_000, 300_000]
const MEANWHILE_MS = 5 * 60_000
const LARGE = 'thousand-nodes'

for (const name of SCENARIO_NAMES) {
  test(`${name}: a copy of the swarm stays as it is where that was at rest, and nothing done moves nothing`, () => {
    for (const at of name === LARGE ? [0] : MOMENTS_MS) {
      const scenario = findScenario(name)
      assert.ok(scenario !== null)
      const world = buildWorld(scenario, 1, EPOCH_MS)
      const simulator = load(world)
      simulator.advance(at)
      const asked = Object.values(world.machines).find(({ membership, power }) => {
        const swarm = world.swarms[membership?.swarm ?? '']
        return power === 'on' && membership?.manager?.isReady && swarm !== undefined && canCommit(world, swarm)
      })
      if (asked === undefined) continue
      const reading = readingOf(driveSwarm(simulator, asked.name))

      const plan = rehearse({ reading, operations: [] })
      assert.deepEqual([plan.moves, plan.unplaced, plan.gaps, plan.updates, plan.end.afterMs], [[], [], [], [], 0])

      const copy = copySwarm(reading, {}, 1)
      const restless = restlessServices(copy)
      load(copy.world).advance(MEANWHILE_MS)
      const changed = compareSlots(copy.first.tasks, copy.swarm.tasks, null)
      assert.deepEqual(
        changed
          .filter(({ serviceId }) => !restless.has(serviceId))
          .map(({ sample, key }) => `${at}: ${sample.serviceName}.${key}`),
        [],
      )
    }
  })
}

/** Those that are on their way somewhere, end by themselves, or are on a machine that is gone and not yet missed. */
function restlessServices({ world, swarm }: Copy): ReadonlySet<string> {
  const onItsWay = Object.keys(swarm.services).filter(id => !isSettled(swarm, id, new Map()))
  const ending = Object.entries(world.behaviours ?? {}).flatMap(([key, { exit }]) =>
    exit === null ? [] : [key.split(' ')[0] ?? ''],
  )
  const gone = Object.values(swarm.nodes).filter(node => {
    return node.status.state === 'ready' && machineOfNode(world, swarm, node.id)?.power === 'off'
  })
  const missed = gone.flatMap(({ id }) => tasksOfNode(swarm, id).map(({ serviceId }) => serviceId))
  return new Set([...onItsWay, ...ending, ...missed])
}
