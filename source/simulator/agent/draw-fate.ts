import { type Container, type Fate, KILLED } from '../world/container.ts'
import { behaviourKey } from '../world/image.ts'
import type { AgentTask } from '../world/machine.ts'
import { draw, drawWithin } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { failsAt, nextCheck } from './health-check.ts'

/** How soon a container runs into its memory limit. */
const OUT_OF_MEMORY_MS = [300, 1_500] as const

/** What will become of a container that starts now, as its image's behaviour says. */
export function drawFate(world: World, agentTask: AgentTask, container: Container): Fate {
  const { behaviour, task } = agentTask
  const limit = task.spec.Resources?.Limits?.MemoryBytes ?? 0
  const isOutOfMemory = limit > 0 && behaviour.memoryBytes > limit
  const ends = endsByItself(world, agentTask)
  return {
    ...drawHealth(world, agentTask, container),
    isOutOfMemory,
    exitAt: isOutOfMemory
      ? world.now + drawWithin(world.random, OUT_OF_MEMORY_MS)
      : ends !== null
        ? world.now + drawWithin(world.random, ends.afterMs)
        : null,
    exitCode: isOutOfMemory ? KILLED : (ends?.code ?? 0),
  }
}

function endsByItself(world: World, { behaviour, task }: AgentTask): AgentTask['behaviour']['exit'] {
  const { exit, exitPattern } = behaviour
  if (exit === null) return null
  if (exitPattern.length === 0) return draw(world.random) < exit.chance ? exit : null
  const key = behaviourKey(task)
  const count = world.starts[key] ?? 0
  world.starts[key] = count + 1
  return exitPattern[count % exitPattern.length] === true ? exit : null
}

/** A container that is ill before it has been called healthy, or well too late, never is. */
function drawHealth(
  world: World,
  { behaviour }: AgentTask,
  { healthCheck }: Container,
): Pick<Fate, 'healthyAt' | 'unhealthyAt'> {
  if (healthCheck === null) return { healthyAt: null, unhealthyAt: null }
  if (healthCheck.alwaysFails) return { healthyAt: null, unhealthyAt: world.now + failsAt(healthCheck, 0) }
  const { unhealthy } = behaviour
  const sickens = unhealthy !== null && draw(world.random) < unhealthy.chance
  const well = drawWithin(world.random, behaviour.healthyAfterMs)
  const ill = sickens ? drawWithin(world.random, unhealthy.afterMs) : Number.POSITIVE_INFINITY
  const healthyAt = nextCheck(healthCheck, well)
  const givenUpAt = failsAt(healthCheck, 0)
  if (ill <= healthyAt || givenUpAt < healthyAt) return { healthyAt: null, unhealthyAt: world.now + givenUpAt }
  return {
    healthyAt: world.now + healthyAt,
    unhealthyAt: sickens ? world.now + failsAt(healthCheck, ill) : null,
  }
}
