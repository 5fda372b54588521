import type { ApiNodeSpec } from '../../source/api/node.ts'
import type { ApiService } from '../../source/api/service.ts'
import type { ApiTask } from '../../source/api/task.ts'
import type { Names } from './names.ts'
import { hostname, type Reading, replicasOf } from './reading.ts'

/** What can be compared of a reading: no identifiers, no times, everything by its name. */
export type Picture = {
  readonly nodes: readonly NodePicture[]
  readonly services: readonly ServicePicture[]
  /** Each slot with its tasks, the newest first. */
  readonly slots: readonly SlotPicture[]
}

export type NodePicture = {
  readonly name: string
  readonly spec: ApiNodeSpec | undefined
  readonly status: string
  readonly message: string
  /** `leader`, `reachable`, `unreachable`, or `''` for a worker. */
  readonly manager: string
}

export type ServicePicture = {
  readonly name: string
  readonly replicas: string
  readonly spec: unknown
  readonly previousSpec: unknown
  readonly update: unknown
  readonly jobIteration: number | null
}

export type SlotPicture = { readonly service: string; readonly slot: string; readonly tasks: readonly TaskPicture[] }

export type TaskPicture = {
  readonly node: string
  readonly image: string
  readonly desired: string
  readonly state: string
  readonly message: string
  readonly error: string
  readonly exitCode: number | null
}

export function takePicture(reading: Reading, names: Names): Picture {
  return {
    nodes: reading.nodes
      .map(({ Description, Spec, Status, ManagerStatus }) => ({
        name: Description?.Hostname ?? '',
        spec: Spec,
        status: Status?.State ?? '',
        message: names.say(Status?.Message ?? ''),
        manager: ManagerStatus?.Leader === true ? 'leader' : (ManagerStatus?.Reachability ?? ''),
      }))
      .toSorted(byText(({ name, status }) => name + status)),
    services: reading.services.map(service => pictureService(service, names)).toSorted(byText(({ name }) => name)),
    slots: pictureSlots(reading, names),
  }
}

function pictureService(service: ApiService, names: Names): ServicePicture {
  const { UpdateStatus } = service
  const say = (value: unknown): unknown => JSON.parse(names.say(JSON.stringify(value ?? null)))
  return {
    name: names.service(service.ID),
    replicas: replicasOf(service),
    spec: say(service.Spec),
    previousSpec: say(service.PreviousSpec),
    update: UpdateStatus
      ? {
          state: UpdateStatus.State,
          message: names.say(UpdateStatus.Message ?? ''),
          hasStarted: UpdateStatus.StartedAt !== undefined,
          hasCompleted: UpdateStatus.CompletedAt !== undefined,
        }
      : null,
    jobIteration: service.JobStatus ? (service.JobStatus.JobIteration?.Index ?? 0) : null,
  }
}

function pictureSlots(reading: Reading, names: Names): readonly SlotPicture[] {
  const slots = Map.groupBy(reading.tasks.toSorted(newestFirst), task => {
    return `${names.service(task.ServiceID)}.${names.slot(task)}`
  })
  return [...slots].toSorted(byText(([name]) => name)).map(([name, tasks]) => ({
    service: name.slice(0, name.lastIndexOf('.')),
    slot: name.slice(name.lastIndexOf('.') + 1),
    tasks: tasks.map(task => pictureTask(task, hostname(reading, task.NodeID), names)),
  }))
}

function pictureTask({ Spec, DesiredState, Status }: ApiTask, node: string, names: Names): TaskPicture {
  return {
    node,
    image: (Spec?.ContainerSpec?.Image ?? '').split('@')[0] ?? '',
    desired: DesiredState ?? '',
    state: Status?.State ?? '',
    message: names.say(Status?.Message ?? ''),
    error: names.say(Status?.Err ?? ''),
    exitCode: Status?.ContainerStatus?.ExitCode ?? null,
  }
}

function newestFirst(one: ApiTask, other: ApiTask): number {
  return (other.CreatedAt ?? '').localeCompare(one.CreatedAt ?? '')
}

function byText<T>(textOf: (value: T) => string): (one: T, other: T) => number {
  return (one, other) => textOf(one).localeCompare(textOf(other), 'en', { numeric: true })
}
