import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { inspect, isDeepStrictEqual } from 'node:util'
import type { ApiClockChange, ApiSimulation } from '../../source/api/simulation.ts'
import { openControl } from '../../source/control/open-control.ts'
import type { MachineAction } from '../../source/rules/machine-action.ts'
import { type DockerCli, runDocker, type Said } from '../helpers/docker-clis.ts'
import { runProgram, simulate } from '../helpers/whole-program.ts'
import { waitFor } from '../lab/wait-for.ts'
import { readTable, sayRows } from './table.ts'

/** What a person has who plays a story: a shell on each machine, and the switches of the machines. */
export type Stage = {
  /** Where the sockets are, and where docker works. */
  readonly directory: string
  readonly socketOf: (machine: string) => string
  /** Runs docker on a machine and gives all that it said; words are divided by blanks. */
  readonly say: (machine: string, words: string) => Promise<Said>
  /** The same for what must work; gives what it printed on standard output. */
  readonly docker: (machine: string, words: string) => Promise<string>
  /** The same for what must be refused; gives what it printed on standard error. */
  readonly refused: (machine: string, words: string) => Promise<string>
  /** Cells of a table that docker prints, a line a row. */
  readonly rows: (machine: string, words: string, ...columns: readonly string[]) => Promise<readonly string[]>
  /** `docker node ls`: `node1 * Ready Active Leader`, in its order. */
  readonly nodes: (machine: string) => Promise<readonly string[]>
  /** `docker service ps`: ` \_ ping.3 node1 Shutdown Failed "No such container: ping.3.<id>…"`, in its order. */
  readonly tasks: (machine: string, service: string) => Promise<readonly string[]>
  /** `swarmtop machine`, which must work. */
  readonly machine: (action: MachineAction, name: string) => Promise<void>
  /** Changes how time goes: only while no docker command waits for it. */
  readonly clock: (change: ApiClockChange) => Promise<ApiSimulation>
  readonly simulation: () => Promise<ApiSimulation>
  /** Goes on in steps of so many milliseconds until what is seen is right, and gives it: nothing in between is missed. */
  readonly stepUntil: <T>(stepMs: number, look: () => Promise<T>, holds: (seen: T) => boolean) => Promise<T>
}

export async function openStage(t: TestContext, cli: DockerCli, scenario: string, speed: number): Promise<Stage> {
  const { directory } = await simulate(t, scenario, '--speed', String(speed))
  const control = openControl(join(directory, 'control.sock'))
  const socketOf = (machine: string) => join(directory, `${machine}.sock`)
  const say = (machine: string, words: string) => runDocker(cli, socketOf(machine), words.split(' '))

  const docker = async (machine: string, words: string) => {
    const { code, out, err } = await say(machine, words)
    assert.equal(code, 0, `${machine}$ docker ${words}: ${err}`)
    return out
  }

  const clock = async (change: ApiClockChange) => unwrap(await control.changeClock(change, AbortSignal.timeout(10_000)))

  return {
    directory,
    socketOf,
    say,
    docker,
    refused: async (machine, words) => {
      const { code, out, err } = await say(machine, words)
      assert.equal(code, 1, `${machine}$ docker ${words}: ${out}`)
      return err
    },
    rows: async (machine, words, ...columns) => sayRows(await docker(machine, words), ...columns),
    nodes: async machine => sayNodes(await docker(machine, 'node ls')),
    tasks: async (machine, service) => sayTasks(await docker(machine, `service ps ${service}`)),
    machine: async (action, name) => {
      const done = await runProgram('machine', action, name, '--listen', directory)
      assert.deepEqual(done, { code: 0, out: `${name}\n`, error: '' })
    },
    clock,
    simulation: async () => unwrap(await control.look(AbortSignal.timeout(10_000))),
    stepUntil: async (stepMs, look, holds) => {
      for (let step = 0; step < MOST_STEPS; step++) {
        const seen = await look()
        if (holds(seen)) return seen
        await clock({ stepMs })
      }
      throw new Error(
        `${MOST_STEPS} steps of ${stepMs} ms have not brought ${holds}; last seen: ${inspect(await look(), { maxArrayLength: 20 })}`,
      )
    },
  }
}

/** Looks until it is as expected; a look that fails has seen nothing yet. */
export async function becomes<T>(look: () => Promise<T>, expected: T): Promise<void> {
  let last: T | undefined
  const isThere = async () => {
    last = await look()
    return isDeepStrictEqual(last, expected)
  }
  await waitFor('what is expected', isThere, { limitMs: PATIENCE_MS }).catch(error => {
    if (last === undefined) throw error
    assert.deepEqual(last, expected)
  })
}

/** Looks until this holds, and gives what was seen. */
export function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  return waitFor(String(holds), look, { until: holds, limitMs: PATIENCE_MS })
}

const PATIENCE_MS = 20_000
const MOST_STEPS = 200

export function sayNodes(printed: string): readonly string[] {
  return readTable(printed).map(({ ID = '', HOSTNAME = '', STATUS, AVAILABILITY, 'MANAGER STATUS': manager }) =>
    [HOSTNAME, ID.endsWith(' *') ? '*' : '', STATUS, AVAILABILITY, manager].filter(Boolean).join(' '),
  )
}

export function sayTasks(printed: string): readonly string[] {
  return sayRows(printed, 'NAME', 'NODE', 'DESIRED STATE', 'CURRENT STATE', 'ERROR').map(row =>
    row.replace(AGE, '').replace(/(\.\d+)\.[a-z0-9]+…/, '$1.<id>…'),
  )
}

const AGE = / (less than a second|about an? \w+|\d+ \w+) ago/

function unwrap<T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly text: string },
): T {
  assert.ok(answer.ok, answer.ok ? '' : answer.text)
  return answer.value
}
