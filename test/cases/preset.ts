import assert from 'node:assert/strict'
import { TASK_STATES, type TaskState } from '../../source/rules/task-state.ts'
import type { UpdateStatus } from '../../source/simulator/world/service.ts'
import type { Swarm } from '../../source/simulator/world/swarm.ts'
import type { DesiredState, Task } from '../../source/simulator/world/task.ts'
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

const ROW = /^(?<service>[^.@ ]+)(\.(?<slot>\d+))?(@(?<node>\S+))? (?<desired>\w+)\/(?<state>\w+)$/

export function presetTask(swarm: Swarm, preset: PresetTask, now: number, idOf: (node: string) => string): Task {
  const given = typeof preset === 'string' ? { row: preset } : preset
  const parts = ROW.exec(given.row)?.groups
  assert.ok(parts, `This is no row of a task: ${given.row}`)
  const { service: serviceName = '', slot, node, desired = '', state = '' } = parts
  const service = Object.values(swarm.services).find(({ spec }) => spec.Name === serviceName)
  const { Runtime: _, ...template } =
    (given.spec ? newSpec(serviceName, given.spec) : service?.spec)?.TaskTemplate ?? {}
  const at = now - (given.age ?? 0) * 1_000
  const hasContainer = ['ready', 'starting', 'running'].includes(state.toLowerCase())
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
    jobIteration:
      service?.job === null || service?.job === undefined ? null : (given.iteration ?? service.job.iteration),
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
