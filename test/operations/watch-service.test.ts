import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiTask } from '../../source/api/task.ts'
import type { Operation, Progress } from '../../source/operations/operation.ts'
import { watchProgress } from '../../source/operations/watch-progress.ts'
import {
  apiInfo,
  apiManager,
  apiNode,
  apiService,
  apiTask,
  nodeIdOf,
  SECOND,
  serviceIdOf,
  timeAgo,
} from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

const nodes = [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' }), apiNode({ name: 'dead', state: 'down' })]
const api = { serviceId: serviceIdOf('api'), name: 'api' }

type Words = Partial<Parameters<typeof apiService>[0]>
const service = (words: Words = {}) => apiService({ version: 21, image: 'api:1', ...words, name: 'api' })
const task = (slot: number, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'api', slot, node: 'w1', image: 'api:1', ...words })

/** The change was sent at version 20. `previous`: what was told at the reading before. */
function watch(
  operation: Operation,
  after: Partial<ApiReading>,
  more: { readonly previous?: Progress; readonly elapsedMs?: number; readonly before?: Partial<ApiReading> } = {},
): Progress {
  const { previous, elapsedMs = 3 * SECOND, before = {} } = more
  return watchProgress({
    operation,
    before: clusterOf({ nodes, ...before }),
    after: clusterOf({ nodes, ...after }),
    version: 20,
    forceUpdate: null,
    elapsedMs,
    ...(previous !== undefined && { previous }),
  })
}

describe('scaling is watched', () => {
  const scale = (replicas: number) => ({ kind: 'scale', ...api, replicas }) as const
  const watchScale = (replicas: number, tasks: readonly ApiTask[], more?: Parameters<typeof watch>[2]) =>
    watch(scale(replicas), { services: [service({ replicas })], tasks }, more)

  test('a reading from before the change says nothing', () => {
    const services = [service({ version: 20, replicas: 1 })]
    assert.equal(watch(scale(2), { services, tasks: [task(1)] }).text, 'accepted, not seen in a reading yet')
  })

  test('until all run', () => {
    assert.deepEqual(watchScale(2, [task(1), task(2, { state: 'preparing', createdAgoMs: 2 * SECOND })]), {
      kind: 'running',
      text: '1 of 2 running, api.2 preparing 2 seconds on w1',
      done: 1,
      total: 2,
    })
  })

  test('what finds no place says why, before what only needs time', () => {
    const stuck = apiTask({ service: 'api', slot: 3, state: 'pending', error: 'no suitable node (x)', createdAgoMs: 0 })
    const starting = task(2, { state: 'starting', createdAgoMs: 0 })
    assert.match(
      watchScale(3, [task(1), starting, stuck]).text,
      /^1 of 3 running, api\.3 pending .*no suitable node \(x\)/,
    )
  })

  test('and have run for the monitor time of the updates', () => {
    const first = watchScale(2, [task(1), task(2)])
    assert.equal(first.text, '2 of 2 running, watched for another 5 s')
    const later = (agoMs: number) =>
      watch(
        scale(2),
        {
          info: apiInfo({ SystemTime: timeAgo(-agoMs) }),
          services: [service({ replicas: 2 })],
          tasks: [task(1), task(2)],
        },
        { previous: first },
      )
    assert.equal(later(2 * SECOND).text, '2 of 2 running, watched for another 3 s')
    assert.deepEqual(later(5 * SECOND), { kind: 'converged', text: '2 of 2 running' })
  })

  test('one that is lost in between begins the time anew', () => {
    const first = watchScale(2, [task(1), task(2)])
    const lost = watchScale(2, [task(1), task(2, { state: 'failed' })], { previous: first })
    assert.equal(lost.kind === 'running' && lost.steadySince, undefined)
    assert.equal(watchScale(2, [task(1), task(2)], { previous: lost }).text, '2 of 2 running, watched for another 5 s')
  })

  test('down, until those that are too many have gone', () => {
    const leaving = task(2, { desired: 'shutdown' })
    assert.deepEqual(watchScale(1, [task(1), leaving]), {
      kind: 'running',
      text: '1 task too many, api.2 is stopping',
      done: 1,
      total: 2,
    })
    const ended = task(2, { state: 'shutdown' })
    assert.match(watchScale(1, [task(1), ended]).text, /^1 of 1 running, watched/)
  })

  test('to nothing, until nothing is there; of a node that is down nothing is waited for', () => {
    assert.equal(watchScale(0, [task(1, { desired: 'shutdown' })]).kind, 'running')
    assert.deepEqual(watchScale(0, [task(1, { desired: 'shutdown', node: 'dead' })]), {
      kind: 'converged',
      text: '0 of 0 running',
    })
  })

  test('that somebody else has scaled again has failed', () => {
    assert.deepEqual(watch(scale(2), { services: [service({ replicas: 7 })] }), {
      kind: 'failed',
      text: 'scaled to 7 by someone else',
    })
  })

  test('of a job, until its new run is over', () => {
    const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }
    const done = apiTask({ service: 'api', node: 'w1', state: 'complete', desired: 'complete', jobIteration: 4 })
    const services = [service({ mode, jobIteration: 4 })]
    assert.equal(watch(scale(1), { services, tasks: [done] }).text, 'ran again: 1 of 1 completed')
  })
})

describe('a change of image is watched', () => {
  const change = { kind: 'change-image', ...api, image: 'api:2' } as const
  const updated = (state: string | null, tasks: readonly ApiTask[], words: Words = {}) => {
    const update =
      state === null ? {} : { update: { State: state, Message: `update paused due to failure of task bad` } }
    return watch(change, { services: [service({ replicas: 2, image: 'api:2', ...update, ...words })], tasks })
  }
  const fresh = (slot: number, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
    task(slot, { image: 'api:2', createdAgoMs: SECOND, ...words })

  test('task by task', () => {
    assert.deepEqual(updated('updating', [fresh(1), task(2)]), {
      kind: 'running',
      text: '1 of 2 tasks renewed',
      done: 1,
      total: 2,
    })
  })

  test('until the swarm calls it completed', () => {
    assert.equal(updated('updating', [fresh(1), fresh(2)]).kind, 'running')
    assert.deepEqual(updated('completed', [fresh(1), fresh(2)]), { kind: 'converged', text: '2 tasks renewed' })
  })

  test('that was paused says which task failed, where and of what', () => {
    const bad = fresh(1, { id: 'bad', state: 'rejected', error: 'No such image: api:2' })
    assert.deepEqual(updated('paused', [bad, task(2)]), {
      kind: 'failed',
      text: 'paused: api.1 rejected on w1: No such image: api:2',
    })
  })

  test('that is completed waits for a try that is on its way, and not for one after the other', () => {
    const failed = (agoMs: number) => fresh(2, { id: 'bad', state: 'failed', error: 'oops', stateAgoMs: agoMs })
    const again = fresh(2, { state: 'ready', createdAgoMs: 0 })
    const at = (failedAgoMs: number) => {
      const update = { State: 'completed', Message: 'update completed', CompletedAt: timeAgo(10 * SECOND) }
      const services = [service({ replicas: 2, image: 'api:2', update })]
      return watch(change, { services, tasks: [fresh(1), again, failed(failedAgoMs)] })
    }
    assert.equal(at(15 * SECOND).kind, 'running')
    assert.match(at(5 * SECOND).text, /^the update is completed, but api\.2 failed once: oops/)
  })

  test('that was rolled back by itself shows the old image, and that is no other hand', () => {
    const bad = fresh(1, { id: 'bad', state: 'failed', error: 'task: non-zero exit (1)' })
    assert.deepEqual(updated('rollback_started', [bad, task(1), task(2)], { image: 'api:1' }), {
      kind: 'failed',
      text: 'rolled back: api.1 failed on w1: task: non-zero exit (1)',
    })
  })

  test('that somebody else has changed again has failed', () => {
    assert.deepEqual(updated('updating', [], { image: 'api:3' }), {
      kind: 'failed',
      text: 'the image was changed to api:3 by someone else',
    })
  })

  test('of a service without tasks has nothing to wait for', () => {
    assert.equal(updated(null, [], { replicas: 0 }).kind, 'converged')
  })
})

describe('a rollback is watched', () => {
  const rollBack = { kind: 'roll-back', ...api } as const
  const at = (state: string | null, tasks: readonly ApiTask[], elapsedMs?: number) => {
    const update = state === null ? {} : { update: { State: state, Message: 'why' } }
    const services = [service({ replicas: 2, ...update })]
    return watch(rollBack, { services, tasks }, elapsedMs === undefined ? {} : { elapsedMs })
  }

  test('until the swarm calls it completed', () => {
    assert.equal(at('rollback_started', [task(1), task(2, { image: 'api:2' })]).text, '1 of 2 tasks renewed')
    assert.equal(at('rollback_completed', [task(1), task(2)]).kind, 'converged')
  })

  test('that the swarm has not begun yet is not over', () => {
    assert.equal(at(null, [task(1), task(2)], SECOND).kind, 'running')
    assert.equal(at(null, [task(1), task(2)], 3 * SECOND).kind, 'converged')
  })

  test('that was paused has failed, and so has one that an update took the place of', () => {
    assert.deepEqual(at('rollback_paused', []), { kind: 'failed', text: 'why' })
    assert.deepEqual(at('updating', []), { kind: 'failed', text: 'another update has taken its place' })
  })
})

describe('a paused update that goes on is watched', () => {
  const resume = { kind: 'resume-update', ...api } as const
  const at = (state: string, tasks: readonly ApiTask[]) =>
    watch(resume, {
      services: [service({ replicas: 2, image: 'api:2', update: { State: state, Message: 'why' } })],
      tasks,
    })

  test('until it is completed, those that were renewed before being counted', () => {
    assert.equal(at('updating', [task(1, { image: 'api:2' }), task(2)]).text, '1 of 2 tasks renewed')
    assert.equal(at('completed', [task(1, { image: 'api:2' }), task(2, { image: 'api:2' })]).kind, 'converged')
  })

  test('or until it is plain that the swarm has missed it', () => {
    const missed = {
      services: [service({ replicas: 2, image: 'api:2' })],
      tasks: [task(1, { image: 'api:2' }), task(2)],
    }
    assert.equal(watch(resume, missed, { elapsedMs: 19 * SECOND }).kind, 'running')
    assert.deepEqual(watch(resume, missed, { elapsedMs: 20 * SECOND }), {
      kind: 'failed',
      text: 'the swarm does not go on with it (1 of 2 tasks renewed): a force update does',
    })
  })

  test('or paused again', () => assert.deepEqual(at('paused', []), { kind: 'failed', text: 'why' }))
})

describe('labels and the history limit are there at once', () => {
  const label = { kind: 'label-service', ...api, set: { tier: 'web' }, unset: ['old'] } as const
  test('labels of a service', () => {
    assert.equal(watch(label, { services: [service({ labels: { tier: 'web' } })] }).kind, 'converged')
    assert.equal(watch(label, { services: [service({ labels: { tier: 'web', old: '' } })] }).kind, 'failed')
  })

  test('labels of a node', () => {
    const operation = { kind: 'label-node', nodeId: nodeIdOf('w1'), name: 'w1', set: { zone: 'a' }, unset: [] } as const
    const labelled = (labels: Readonly<Record<string, string>>) =>
      watch(operation, { nodes: [...nodes.slice(0, 1), apiNode({ name: 'w1', version: 21, labels })] })
    assert.equal(labelled({ zone: 'a' }).kind, 'converged')
    assert.deepEqual(labelled({ zone: 'b' }), {
      kind: 'failed',
      text: 'the labels of w1 were changed by someone else',
    })
  })

  test('the history limit', () => {
    const limit = { kind: 'set-history-limit', limit: 2, name: 'the swarm' } as const
    const info = (index: number, kept: number) => {
      const Cluster = {
        ID: 'cluster',
        Version: { Index: index },
        Spec: { Orchestration: { TaskHistoryRetentionLimit: kept } },
      }
      return apiInfo({ Swarm: { Cluster } })
    }
    assert.equal(watch(limit, { info: info(20, 5) }).kind, 'running')
    assert.deepEqual(watch(limit, { info: info(21, 2) }), { kind: 'converged', text: 'the history limit is 2' })
    assert.deepEqual(watch(limit, { info: info(21, 9) }), { kind: 'failed', text: 'set to 9 by someone else' })
  })
})

describe('a removal is watched', () => {
  test('of a service, until it and its tasks are gone', () => {
    const remove = { kind: 'remove-service', ...api } as const
    assert.equal(watch(remove, { services: [service()] }).text, 'accepted, not seen in a reading yet')
    assert.deepEqual(watch(remove, { tasks: [task(1), task(2, { state: 'shutdown' }), task(3, { node: 'dead' })] }), {
      kind: 'running',
      text: '1 task still stopping on w1',
      done: 2,
      total: 3,
    })
    assert.deepEqual(watch(remove, {}), { kind: 'converged', text: 'api is gone' })
  })

  test('of a stack, service by service, and not of what is called alike', () => {
    const remove = { kind: 'remove-stack', stack: 'shop', name: 'shop' } as const
    const labels = { 'com.docker.stack.namespace': 'shop' }
    const before = {
      services: [service({ labels }), apiService({ name: 'db', labels }), apiService({ name: 'other' })],
    }
    assert.deepEqual(watch(remove, { services: [apiService({ name: 'db', labels })] }, { before }), {
      kind: 'running',
      text: '1 of 2 services removed',
      done: 1,
      total: 2,
    })
    const other = apiTask({ service: 'other', slot: 1, node: 'w1' })
    assert.deepEqual(watch(remove, { services: [apiService({ name: 'other' })], tasks: [other] }, { before }), {
      kind: 'converged',
      text: 'shop is gone',
    })
  })

  test('of a node, until it is no longer in the list', () => {
    const remove = { kind: 'remove-node', nodeId: nodeIdOf('w1'), name: 'w1', isForced: true } as const
    assert.equal(watch(remove, {}).kind, 'running')
    assert.deepEqual(watch(remove, { nodes: nodes.slice(0, 1) }), { kind: 'converged', text: 'w1 is gone' })
  })
})
