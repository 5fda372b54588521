import assert from 'node:assert/strict'
import type { ApiService } from '../../source/api/service.ts'
import type { Service } from '../../source/simulator/world/service.ts'
import { tasksOfService } from '../../source/simulator/world/store.ts'
import type { Answer } from '../helpers/simulated-swarm.ts'
import type { Ground } from './build-stage.ts'
import { changeSpec, newSpec, type ServiceOptions } from './service-spec.ts'

/** What is done to services, through the API, and what is to be seen of them. */
export function services({ simulator, swarm, api, nameOf }: Ground) {
  const service = (name: string): Service => {
    const found = Object.values(swarm.services).find(({ spec }) => spec.Name === name)
    assert.ok(found, `There is no service ${name}`)
    return found
  }
  const tryUpdate = (name: string, options: ServiceOptions): Answer =>
    api.changeService(name, spec => changeSpec(spec, options))

  const statusOf = (name: string) => api.services().find(({ Spec }) => Spec?.Name === name)?.ServiceStatus

  return {
    create: (name: string, options: ServiceOptions): void =>
      granted(api.call('POST', '/services/create', newSpec(name, options))),
    update: (name: string, options: ServiceOptions): void => granted(tryUpdate(name, options)),
    /** As `update`, where it may be refused. */
    tryUpdate,
    force: (name: string): void =>
      granted(tryUpdate(name, { force: (service(name).spec.TaskTemplate?.ForceUpdate ?? 0) + 1 })),
    /** Changes nothing, but comes with other credentials for the registry. */
    updateWithCredentials: (name: string, token: string): void => {
      const { id, version, spec } = service(name)
      const path = `/services/${id}/update?version=${version}`
      const headers = { 'content-type': 'application/json', 'x-registry-auth': token }
      const machine = nameOf(swarm.raft.leader)
      const reply = simulator.handle({ machine, method: 'POST', path, headers, body: JSON.stringify(spec) })
      assert.ok(reply.kind === 'answer' && reply.status === 200)
    },
    rollBack: (name: string): Answer => {
      const { id, version, spec } = service(name)
      return api.call('POST', `/services/${id}/update?rollback=previous&version=${version}`, spec)
    },
    remove: (name: string): void => granted(api.call('DELETE', `/services/${name}`)),

    service,
    inspect: (name: string) => api.call('GET', `/services/${name}`).value as ApiService,
    /** `2/3`, as `docker service ls` counts. */
    replicas: (name: string): string => `${statusOf(name)?.RunningTasks}/${statusOf(name)?.DesiredTasks}`,
    counts: (name: string) => {
      const status = statusOf(name)
      return { running: status?.RunningTasks, desired: status?.DesiredTasks, completed: status?.CompletedTasks }
    },
    updateState: (name: string): string | null => service(name).updateStatus?.state ?? null,
    /** With `<id>` for the ID of a task. */
    updateMessage: (name: string): string =>
      (service(name).updateStatus?.message ?? '').replace(/task \w{25}$/, 'task <id>'),
    /** Running tasks by node. */
    runningOn: (name: string): Readonly<Record<string, number>> => {
      const counts: Record<string, number> = {}
      for (const { nodeId, status } of tasksOfService(swarm, service(name).id)) {
        if (status.state === 'running') counts[nameOf(nodeId)] = (counts[nameOf(nodeId)] ?? 0) + 1
      }
      return counts
    },
  }
}

function granted(answer: Answer): void {
  assert.ok(answer.status < 300, answer.body)
}
