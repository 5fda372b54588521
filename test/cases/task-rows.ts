import assert from 'node:assert/strict'
import { compareNaturally } from '../../source/rules/natural-order.ts'
import type { TaskState } from '../../source/rules/task-state.ts'
import type { Task } from '../../source/simulator/world/task.ts'
import type { Ground } from './build-stage.ts'

/** The tasks of services as rows, in the order of `docker service ps`. */
export function taskRows({ swarm, nameOf }: Ground) {
  const tasks = (service: string): readonly Task[] =>
    Object.values(swarm.tasks)
      .filter(({ serviceName }) => serviceName === service)
      .toReversed()
      .toSorted(
        (one, other) =>
          one.slot - other.slot ||
          (one.isBound ? compareNaturally(placeOf(one), placeOf(other)) : 0) ||
          other.createdAt - one.createdAt,
      )

  const rows = (service: string): readonly string[] => tasks(service).map(rowOf)

  return {
    tasks,
    rows,

    /** The newest task at `web.1`, `web.1@n1` or `glb@n1` that is in that state, or in any. */
    find: (place: string, state?: TaskState): Task => {
      const service = place.replace(/[.@].*$/, '')
      const found = tasks(service).find(
        task =>
          (placeOf(task) === place || placeOf(task).startsWith(`${place}@`)) &&
          (state === undefined || task.status.state === state),
      )
      assert.ok(found, `No task ${place} ${state ?? ''} among ${JSON.stringify(rows(service))}`)
      return found
    },

    /** All tasks of a service, no more and no fewer. */
    expect: (service: string, expected: readonly string[]): void => {
      const found = tasks(service).map((task, index) =>
        expected[index]?.includes('"') ? `${rowOf(task)} ${JSON.stringify(task.status.error)}` : rowOf(task),
      )
      assert.deepEqual(
        found.map((row, index) => (fits(expected[index], row) ? expected[index] : row)),
        expected,
      )
    },
  }

  function rowOf(task: Task): string {
    return `${placeOf(task)} ${capitalise(task.desired)}/${capitalise(task.status.state)}`
  }

  function placeOf(task: Task): string {
    const slot = task.isBound ? '' : `.${task.slot}`
    return `${task.serviceName}${slot}${task.nodeId === '' ? '' : `@${nameOf(task.nodeId)}`}`
  }
}

function fits(pattern: string | undefined, row: string): boolean {
  if (pattern === undefined) return false
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(row)
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
