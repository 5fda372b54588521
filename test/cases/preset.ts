import assert from 'node:assert/strict'
import { TASK_STATES, type TaskState } from '../../source/rules/task-state.ts'
import { convertServiceSpec } from '../../source/simulator/control-api/service-spec.ts'
import { isJob, type UpdateStatus } from '../../source/simulator/world/service.ts'
import { transact } from '../../source/simulator/world/store.ts'
import type { DesiredState, Task } from '../../source/simulator/world/task.ts'
import type { Ground } from './build-stage.ts'
import { giveTask } from './leader-start.ts'
import { newSpec, type ServiceOptions } from './service-spec.ts'

/** A service that is in the store already. */
export type PresetService = ServiceOptions & {
  readonly specVersion?: number
  readonly iteration?: number
  readonly updateStatus?: UpdateStatus
}

/** `web.1@n1 Running/Starting`, or with more to say about it. */
export type PresetTask =
  | string
  | {
      readonly row: string
      /** Seconds since it was created and since its state was stored. */
      readonly age?: number
      readonly specVersion?: number
      readonly iteration?: number
      /** Its own template where it differs from the service's. */
      readonly spec?: ServiceOptions
      readonly error?: string
    }

/** Unchecked, and nobody does anything about it before a leader starts. */
export function fillStore(
  ground: Ground,
  services: Readonly<Record<string, PresetService>>,
  tasks: readonly PresetTask[],
): void {
  for (const [name, preset] of Object.entries(services)) insertService(ground, name, preset)
  for (const preset of tasks) insertTask(ground, preset)
  ground.swarm.changes = []
}

/** With its container on its node, where it has one. */
export function insertTask(ground: Ground, preset: PresetTask): void {
  const { world, swarm, nameOf } = ground
  const task = presetTask(ground, preset)
  transact(world, swarm, transaction => transaction.createTask(task))
  // The store indexes what is created and gives it the time of day; its age is put back.
  swarm.tasks[task.id] = task
  const machine = world.machines[nameOf(task.nodeId)]
  if (machine !== undefined) giveTask(world, machine, task)
}

function insertService({ world, swarm }: Ground, name: string, preset: PresetService): void {
  const { specVersion = 0, iteration = 0, updateStatus = null, ...options } = preset
  const spec = convertServiceSpec(newSpec(name, options))
  assert.ok(spec.ok)
  const job = isJob({ spec: spec.value }) ? { iteration, lastExecution: world.now } : null
  const fields = { specVersion, previous: null, updateStatus, job, ports: [], virtualIps: [] }
  const id = `${name}-`.padEnd(25, '0')
  transact(world, swarm, transaction => transaction.createService({ id, spec: spec.value, ...fields }))
}

const ROW = /^(?<service>[^.@ ]+)(\.(?<slot>\d+))?(@(?<node>\S+))? (?<desired>\w+)\/(?<state>\w+)$/

function presetTask({ world, swarm, idOf }: Ground, preset: PresetTask): Task {
  const given = typeof preset === 'string' ? { row: preset } : preset
  const parts = ROW.exec(given.row)?.groups
  assert.ok(parts, `This is no row of a task: ${given.row}`)
  const { service: serviceName = '', slot, node, desired = '', state = '' } = parts
  const service = Object.values(swarm.services).find(({ spec }) => spec.Name === serviceName)
  const spec = given.spec === undefined ? service?.spec : newSpec(serviceName, given.spec)
  const { Runtime: _, ...template } = spec?.TaskTemplate ?? {}
  const at = world.now - (given.age ?? 0) * 1_000
  const hasContainer = ['ready', 'starting', 'running'].includes(state.toLowerCase())
  const job = service?.job ?? null
  return {
    id: `${serviceName}-${Object.keys(swarm.tasks).length}-`.padEnd(25, '0'),
    version: 1,
    createdAt: at,
    updatedAt: at,
    serviceId: service?.id ?? `${serviceName}-`.padEnd(25, '0'),
    serviceName,
    serviceLabels: {},
    slot: Number(slot ?? 0),
    isBound: slot === undefined,
    nodeId: node === undefined ? '' : idOf(node),
    spec: template,
    specVersion: given.specVersion ?? service?.specVersion ?? 0,
    endpointSpec: service?.spec.EndpointSpec ?? null,
    desired: readDesired(desired),
    status: {
      at,
      state: readState(state),
      message: '',
      error: given.error ?? '',
      container: hasContainer ? { id: 'c'.repeat(64), pid: 0, exitCode: 0 } : null,
      ports: [],
    },
    jobIteration: job === null ? null : (given.iteration ?? job.iteration),
    appliedAt: null,
  }
}

const DESIRED: readonly DesiredState[] = ['ready', 'running', 'complete', 'shutdown', 'remove']

function readDesired(word: string): DesiredState {
  const desired = DESIRED.find(known => known === word.toLowerCase())
  assert.ok(desired, `There is no desired state ${word}`)
  return desired
}

function readState(word: string): TaskState {
  const state = TASK_STATES.find(known => known === word.toLowerCase())
  assert.ok(state, `There is no state ${word}`)
  return state
}
