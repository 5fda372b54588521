import type { ApiTask, ApiTaskSpec } from '../api/task.ts'
import { isTerminal, stateRank, TASK_STATES } from '../rules/task-state.ts'
import { isSameSpec } from '../simulator/orchestrator/is-same-spec.ts'
import { isGlobal, isGlobalJob, isJob, type Service } from '../simulator/world/service.ts'
import type { DesiredState, Task, TaskState, TaskStatus } from '../simulator/world/task.ts'
import { countIn, listIn, numberIn, objectIn, textIn } from '../swarm/read-field.ts'
import type { Clock } from './clock.ts'
import { readSpec, SPEC_VERSION } from './copy-services.ts'
import { isId, newRecord } from './records.ts'

/** Tasks of services that are gone, or of none, are left out: nothing comes in their place. */
export function copyTasks(
  wire: readonly ApiTask[],
  services: Readonly<Record<string, Service>>,
  clock: Clock,
): Record<string, Task> {
  const tasks = newRecord<Task>()
  const readers = newRecord<ReturnType<typeof specReader>>()
  for (const entry of wire) {
    const { ID, ServiceID } = objectIn(entry)
    const service = isId(ServiceID) ? services[ServiceID] : undefined
    if (service === undefined || !isId(ID) || tasks[ID] !== undefined) continue
    readers[service.id] ??= specReader(service)
    const made = readers[service.id]?.(entry)
    if (made !== undefined) tasks[ID] = readTask(entry, service, made, clock)
  }
  return tasks
}

function readTask(wire: ApiTask, service: Service, made: MadeWith, clock: Clock): Task {
  const { spec, specVersion, ofService } = made
  const createdAt = clock.at(wire.CreatedAt)
  const generic = listIn(wire.GenericResources)
  return {
    id: wire.ID,
    version: countIn(objectIn(wire.Version).Index),
    createdAt,
    // Nobody asks when it was written last.
    updatedAt: createdAt,
    serviceId: service.id,
    serviceName: service.spec.Name ?? '',
    serviceLabels: service.spec.Labels ?? {},
    slot: countIn(wire.Slot),
    isBound: isGlobal(service) || isGlobalJob(service),
    nodeId: isId(wire.NodeID) ? wire.NodeID : '',
    spec,
    specVersion,
    endpointSpec: ofService.EndpointSpec ?? null,
    desired: readDesired(wire.DesiredState),
    status: readStatus(wire, clock),
    ...(generic.length > 0 && { claims: generic }),
    jobIteration: isJob(service) ? countIn(objectIn(wire.JobIteration).Index) : null,
    appliedAt: null,
  }
}

type MadeWith = {
  readonly spec: ApiTaskSpec
  readonly specVersion: number
  readonly ofService: Service['spec']
}

/**
 * Which of a service's specs a task was made with. That is told nowhere: where nothing of a task's own differs, an update
 * that is under way and came after it may still have changed the ports.
 */
function specReader(service: Service): (task: ApiTask) => MadeWith {
  const now = madeWith(service.spec, SPEC_VERSION.now)
  const before = service.previous === null ? null : madeWith(service.previous.spec, SPEC_VERSION.before)
  const { state } = service.updateStatus ?? {}
  const isUnderWay = state !== undefined && state !== 'completed' && state !== 'rollback_completed'
  const known = new Map<string, MadeWith>()
  return task => {
    const text = JSON.stringify(task.Spec ?? {})
    const made = known.get(text) ?? recognise(task)
    known.set(text, made)
    return made
  }

  function recognise({ Spec }: ApiTask): MadeWith {
    const spec = withoutRuntime(readSpec({ TaskTemplate: objectIn(Spec) }).TaskTemplate)
    if (isSameSpec(spec, now.spec)) return now
    if (before !== null && isSameSpec(spec, before.spec)) return before
    return { spec, specVersion: SPEC_VERSION.other, ofService: isUnderWay && before ? before.ofService : now.ofService }
  }
}

function madeWith(spec: Service['spec'], specVersion: number): MadeWith {
  return { spec: withoutRuntime(spec.TaskTemplate), specVersion, ofService: spec }
}

/** As in the tasks that the simulator makes. */
function withoutRuntime(template: ApiTaskSpec | undefined): ApiTaskSpec {
  const { Runtime: _, ...spec } = template ?? {}
  return spec
}

function readDesired(word: unknown): DesiredState {
  const known = DESIRED.find(desired => desired === word)
  if (known !== undefined) return known
  return stateRank(String(word)) <= stateRank('running') ? 'running' : 'shutdown'
}

const DESIRED: readonly DesiredState[] = ['ready', 'running', 'complete', 'shutdown', 'remove']

/** A task that is about to start, or runs, has a container, whether the engine tells of it or not. */
function readStatus({ ID, Status, CreatedAt }: ApiTask, clock: Clock): TaskStatus {
  const status = objectIn(Status)
  const { ContainerID, PID, ExitCode } = objectIn(status.ContainerStatus)
  const state = readState(status.State)
  const id = textIn(ContainerID)
  const isPrepared = stateRank(state) >= stateRank('ready') && !isTerminal(state)
  return {
    at: clock.at(status.Timestamp ?? CreatedAt),
    state,
    message: textIn(status.Message),
    error: textIn(status.Err),
    container:
      id === '' && !isPrepared
        ? null
        : { id: id === '' ? `of-${ID}` : id, pid: countIn(PID), exitCode: numberIn(ExitCode) },
    ports: [],
  }
}

function readState(word: unknown): TaskState {
  const state = TASK_STATES.find(known => known === word) ?? 'new'
  return state === 'allocated' ? 'pending' : state
}
