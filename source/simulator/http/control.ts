import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiMachine, ApiSimulation } from '../../api/simulation.ts'
import { isMachineAction, type MachineAction } from '../../rules/machine-action.ts'
import { formatTime } from '../engine-api/time.ts'
import { readLoad } from '../load/load.ts'
import type { Simulator } from '../simulator.ts'
import type { Machine } from '../world/machine.ts'
import { answerFailure, answerJson, answerTooLarge } from './answer-json.ts'
import type { MachineSockets } from './machine-sockets.ts'
import type { Pace } from './pace.ts'
import { readBody } from './read-body.ts'
import { readClockChange } from './read-clock-change.ts'

type Controlled = {
  readonly simulator: Simulator
  readonly pace: Pace
  readonly machines: MachineSockets
  readonly seed: number
}

type Answer = { readonly status: number; readonly value: unknown }

/** Answers on control.sock: what can be asked of a simulation and of no engine. */
export function createControl(controlled: Controlled): (incoming: IncomingMessage, response: ServerResponse) => void {
  return (incoming, response) => {
    readBody(incoming)
      .then(async body => {
        if (body === null) return answerTooLarge(response)
        const { status, value } = await answer(controlled, `${incoming.method} ${incoming.url}`, body)
        answerJson(response, status, value)
      })
      .catch(error => answerFailure(response, error))
  }
}

const MACHINE_PATH = /^POST \/machines\/([^/]+)\/([a-z]+)$/

async function answer(controlled: Controlled, asked: string, body: string): Promise<Answer> {
  if (asked === 'GET /simulation') return { status: 200, value: describe(controlled) }
  if (asked === 'POST /clock') return changeClock(controlled, body)
  const [, name = '', action = ''] = MACHINE_PATH.exec(asked) ?? []
  return isMachineAction(action) ? strike(controlled, decode(name), action) : refuse(404, 'page not found')
}

function changeClock(controlled: Controlled, body: string): Answer {
  const change = readClockChange(body)
  if (!change.ok) return refuse(400, change.text)
  controlled.pace.change(change.value)
  return { status: 200, value: describe(controlled) }
}

/** The answer waits for the machine's socket, so that the next call finds it there, or gone. */
async function strike({ simulator, pace, machines }: Controlled, machine: string, action: MachineAction) {
  if (!Object.hasOwn(simulator.world.machines, machine)) return refuse(404, explainMissing(simulator, machine))
  pace.catchUp()
  const problem = simulator.inject({ kind: 'machine', machine, action })
  pace.catchUp()
  await machines.follow()
  return problem === null ? { status: 200, value: {} } : refuse(409, problem)
}

function explainMissing(simulator: Simulator, machine: string): string {
  const names = Object.keys(simulator.world.machines)
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `There is no machine ${machine}: there are ${names.slice(0, NAMED).join(', ')}${more}`
}

const NAMED = 10

function describe({ simulator, pace, seed }: Controlled): ApiSimulation {
  pace.catchUp()
  const { world } = simulator
  return {
    scenario: world.scenario,
    seed,
    now: formatTime(world, world.now),
    ...pace.clock(),
    machines: Object.values(world.machines).map(describeMachine),
    load: readLoad(world),
  }
}

function describeMachine({ name, address, power, isCut, membership }: Machine): ApiMachine {
  const role = membership === null ? '' : membership.manager === null ? 'worker' : 'manager'
  return { name, address, power, isCut, swarm: membership?.state ?? 'inactive', role }
}

function refuse(status: number, message: string): Answer {
  return { status, value: { message } }
}

/** A name that cannot be decoded is nobody's; it is looked up as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
