import type { ApiTask } from '../../source/api/task.ts'
import { askAny } from './ask.ts'
import type { Names } from './names.ts'
import { readSwarm } from './reading.ts'
import type { Twin, TwinMachine } from './twin.ts'

/** What a task went through, as often as we looked: Swarm itself shows only the last state of each 100 ms. */
export type TaskHistory = {
  readonly service: string
  /** Number of the slot, or the node of a global task. */
  readonly slot: string
  readonly createdAt: string
  readonly image: string
  readonly passed: readonly Passed[]
}

/** One look of a task, `running/starting` for desired and observed state, and how long it kept it by its swarm's clock. */
export type Passed = { readonly as: string; readonly seconds: number }

export type Watch = { readonly histories: () => readonly TaskHistory[]; readonly stop: () => Promise<void> }

type Spell = { readonly as: string; readonly since: number; until: number }

/** Looks at the tasks beside everything else that goes on. `whomToAsk` may change from look to look. */
export function watchTasks(twin: Twin, names: Names, whomToAsk: () => readonly TwinMachine[]): Watch {
  const seen = new Map<string, { readonly task: ApiTask; readonly passed: Spell[] }>()

  const look = async (): Promise<void> => {
    const tasks = await askAny<readonly ApiTask[]>(whomToAsk(), '/tasks')
    const now = twin.now()
    if (tasks.some(({ ServiceID, ID }) => ServiceID !== undefined && !seen.has(ID))) {
      names.learn(await readSwarm(whomToAsk()))
    }
    for (const task of tasks) {
      const passed: Spell[] = seen.get(task.ID)?.passed ?? []
      const as = `${task.DesiredState}/${task.Status?.State}`
      const last = passed.at(-1)
      if (last !== undefined) last.until = now
      if (last?.as !== as) passed.push({ as, since: now, until: now })
      seen.set(task.ID, { task, passed })
    }
  }
  const { stop } = twin.watch(() => look().catch(() => {}))

  return {
    stop,
    histories: () =>
      [...seen.values()].map(({ task, passed }) => ({
        service: names.service(task.ServiceID),
        slot: names.slot(task),
        createdAt: task.CreatedAt ?? '',
        image: (task.Spec?.ContainerSpec?.Image ?? '').split('@')[0] ?? '',
        passed: passed.map(({ as, since, until }) => ({ as, seconds: round((until - since) / 1000) })),
      })),
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
