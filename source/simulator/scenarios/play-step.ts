import { strike } from '../fault.ts'
import { setLoad } from '../load/load.ts'
import { canCommit, leadingMachine } from '../raft/can-commit.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { askManagers } from './ask-managers.ts'
import { turn } from './turn.ts'

/** Does a step of the script, as a person at the CLI would, and sets the next round. What is refused is left. */
export function playStep(world: World, step: number, round: number): void {
  const { action, every } = world.script[step] ?? {}
  if (action === undefined) return
  if (every !== undefined && every !== null) setTimer(world, every, { kind: 'script', step, round: round + 1 })
  if (action.kind === 'strike-machine') {
    for (const machine of machinesMeant(world, turn(action.machines, round))) {
      strike(world, { kind: 'machine', machine, action: action.action })
    }
  } else if (action.kind === 'set-load') {
    setLoad(world, action.service, turn(action.requestsPerSecond, round))
  } else {
    const swarm = Object.values(world.swarms).find(swarm => canCommit(world, swarm))
    if (swarm !== undefined) askManagers(world, swarm, action, round)
  }
}

function machinesMeant(world: World, word: string): readonly string[] {
  if (word === 'all') return Object.keys(world.machines)
  if (word !== 'leader') return [word]
  return Object.values(world.swarms).flatMap(swarm => leadingMachine(world, swarm)?.name ?? [])
}
