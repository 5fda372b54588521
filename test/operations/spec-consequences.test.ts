import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiService } from '../../source/api/service.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { apiManager, apiNode, apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { readQuestion } from '../helpers/read-question.ts'

const nodes = [
  apiManager('m1', { isLeader: true }),
  apiNode({ name: 'w1', labels: { zone: 'a', 'db-password': 'hunter2' } }),
  apiNode({ name: 'w2', state: 'down' }),
]
const api = { serviceId: serviceIdOf('api'), name: 'api' }

const ask = (
  operation: Operation,
  service: Partial<Parameters<typeof apiService>[0]> = {},
  more: readonly ApiService[] = [],
) =>
  readQuestion(operation, {
    nodes,
    services: [apiService({ replicas: 3, image: 'api:1.8', ...service, name: 'api' }), ...more],
    tasks: apiTasks('api', ['m1', 'w1', 'w1']),
  })

describe('scaling', () => {
  test('says from how many to how many', () => {
    assert.deepEqual(ask({ kind: 'scale', ...api, replicas: 5 }), [
      'Scale api to 5?',
      'from 3 to 5 replicas',
      'Enter: yes',
    ])
  })

  test('to one: nothing is left to take over', () => {
    assert.deepEqual(ask({ kind: 'scale', ...api, replicas: 1 }), [
      'Scale api to 1?',
      '! one replica: whatever takes its node away takes the service down',
      'from 3 to 1 replicas',
      'Enter: yes',
    ])
  })

  test('to nothing', () => {
    assert.deepEqual(ask({ kind: 'scale', ...api, replicas: 0 }), [
      'Scale api to 0?',
      '!! nothing of api runs any more',
      'from 3 to 0 replicas',
      'Enter: no',
    ])
  })

  test('in the middle of an update takes its place', () => {
    assert.deepEqual(ask({ kind: 'scale', ...api, replicas: 5 }, { update: { State: 'updating' } }), [
      'Scale api to 5?',
      '! an update is under way: this one takes its place, and a rollback then leads to that one',
      'from 3 to 5 replicas',
      'Enter: yes',
    ])
  })

  test('a job runs again', () => {
    const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }
    assert.deepEqual(ask({ kind: 'scale', ...api, replicas: 5 }, { mode }).slice(0, 3), [
      'Scale api to 5?',
      '!! api is a job and runs again from the beginning: 5 completions',
      '! 3 tasks of the present run stopped and removed',
    ])
  })
})

describe('changing the image', () => {
  test('says from which to which, and what the update does', () => {
    assert.deepEqual(ask({ kind: 'change-image', ...api, image: 'api:1.9' }), [
      'Change the image of api?',
      'from api:1.8 to api:1.9',
      '3 tasks replaced one at a time, each old one stopped before its successor starts (stop-first)',
      'if a new task fails, the update is paused',
      'no registry is asked for its digest: each node pulls what the tag means to it then',
      'Enter: yes',
    ])
  })

  test('to another image altogether', () => {
    const lines = ask({ kind: 'change-image', ...api, image: 'redis:8@sha256:0123456789abcdef0123456789abcdef' })
    assert.equal(lines[1], '! another image, not only another tag: api → redis')
    assert.doesNotMatch(lines.join('\n'), /no registry/)
  })
})

describe('rolling back', () => {
  const rollBack = { kind: 'roll-back', ...api } as const

  test('shows what the settings go back to', () => {
    assert.deepEqual(ask(rollBack, { previous: { replicas: 2, image: 'api:1.7', labels: { tier: 'web' } } }), [
      'Roll api back?',
      'label tier: comes back (web)',
      'image: api:1.8 → api:1.7',
      'mode replicated replicas: 3 → 2',
      'what is there now becomes the settings before: rolled back once more, it comes back',
      'Enter: yes',
    ])
  })

  test('never the value of a variable, nor of what is named as a secret', () => {
    const service = apiService({ name: 'api', labels: { 'api-key': 'hunter1' } })
    const withEnv = (spec: ApiService['Spec'], value: string): ApiService['Spec'] => ({
      ...spec,
      Labels: { 'api-key': value },
      TaskTemplate: {
        ...spec?.TaskTemplate,
        ContainerSpec: { Image: 'api:1', Env: [`PASSWORD=${value}`, `ONLY_${value}=x`] },
      },
    })
    const changed = {
      ...service,
      Spec: withEnv(service.Spec, 'hunter2'),
      PreviousSpec: withEnv(service.Spec, 'hunter3'),
    } as ApiService
    const lines = readQuestion(rollBack, { nodes, services: [changed] }).join('\n')
    assert.match(lines, /PASSWORD: changes \(•••\)/)
    assert.doesNotMatch(lines, /=hunter|: hunter|→ hunter/)
  })

  test('takes an update back that is under way, and gives up one that is paused', () => {
    const previous = { replicas: 3, image: 'api:1.7' }
    assert.equal(
      ask(rollBack, { previous, update: { State: 'updating' } })[1],
      '! the update that is under way is broken off and taken back',
    )
    assert.ok(
      ask(rollBack, { previous, update: { State: 'paused', Message: 'why' } }).includes(
        'the update that is paused is given up (why)',
      ),
    )
  })

  test('to the same settings renews nothing', () => {
    assert.equal(
      ask(rollBack, { previous: { replicas: 3, image: 'api:1.8' } })[1],
      'the settings before say the same: no task is renewed',
    )
  })

  test('of many settings shows the first', () => {
    const labels = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`label${index}`, 'x']))
    const lines = ask(rollBack, { previous: { replicas: 3, image: 'api:1.8', labels } })
    assert.equal(lines.filter(line => line.includes('comes back (x)')).length, 8)
    assert.ok(lines.includes('and 12 more settings'))
  })
})

test('going on with a paused update says what held it up, and what it costs', () => {
  const update = { State: 'paused', Message: 'update paused due to failure or early termination of task x' }
  assert.deepEqual(ask({ kind: 'resume-update', ...api }, { update }), [
    'Go on with the update of api?',
    '! it was paused: update paused due to failure or early termination of task x',
    '! a rollback afterwards leads to the settings of now, no longer to those before the update',
    'it goes on with the slots that are not renewed yet, and counts failures anew',
    'Enter: yes',
  ])
})

describe('changing labels', () => {
  test('of a node, and which services look at them', () => {
    const reader = apiService({ name: 'db', constraints: ['node.labels.zone == a'] })
    const set = { zone: 'b', rack: '' }
    assert.deepEqual(ask({ kind: 'label-node', nodeId: nodeIdOf('w1'), name: 'w1', set, unset: [] }, {}, [reader]), [
      'Change the labels of w1?',
      'zone: from a to b',
      'rack: from no label to an empty one',
      'where they may run depends on it: db',
      'Enter: yes',
    ])
  })

  test('of which one is secret', () => {
    const operation = {
      kind: 'label-node',
      nodeId: nodeIdOf('w1'),
      name: 'w1',
      set: {},
      unset: ['db-password'],
    } as const
    assert.equal(ask(operation)[1], 'db-password: from ••• to no label')
  })

  test('of a service, which renews nothing', () => {
    assert.deepEqual(ask({ kind: 'label-service', ...api, set: { tier: 'web' }, unset: [] }), [
      'Change the labels of the service api?',
      'tier: from no label to web',
      'no task is renewed: these are the labels of the service',
      'Enter: yes',
    ])
  })
})

describe('removing', () => {
  test('a service', () => {
    const ports = [{ PublishedPort: 8080, TargetPort: 80 }]
    const labels = { 'com.docker.stack.namespace': 'shop' }
    assert.deepEqual(ask({ kind: 'remove-service', ...api }, { ports, labels }), [
      'Remove the service api?',
      '!! api is gone for good, with its settings: nothing can be rolled back',
      '!! 3 running tasks stopped',
      'nothing answers any more at :8080',
      'the rest of its stack shop stays',
      'type: api',
    ])
  })

  test('a stack', () => {
    const labels = { 'com.docker.stack.namespace': 'shop' }
    const operation = { kind: 'remove-stack', stack: 'shop', name: 'shop' } as const
    assert.deepEqual(ask(operation, { labels }, [apiService({ name: 'other' })]), [
      'Remove the stack shop?',
      '!! all of the stack shop is gone for good: its services, secrets, configs and networks',
      '!! 3 running tasks stopped',
      '1 service removed: api',
      'type: shop',
    ])
  })

  test('a node that is Ready, with its labels', () => {
    const operation = { kind: 'remove-node', nodeId: nodeIdOf('w1'), name: 'w1', isForced: true } as const
    assert.deepEqual(ask(operation), [
      'Force w1 out of the swarm?',
      '!! w1 goes out of the swarm for good: to come back it has to leave and join anew',
      '!! w1 is Ready: docker swarm leave on it comes first; forced out, it does not hear of it',
      '! the labels of w1 go with it: zone, db-password',
      'type: w1',
    ])
  })

  test('a node that is Down', () => {
    const operation = { kind: 'remove-node', nodeId: nodeIdOf('w2'), name: 'w2', isForced: false } as const
    assert.deepEqual(ask(operation), [
      'Remove w2 from the swarm?',
      '!! w2 goes out of the swarm for good: to come back it has to leave and join anew',
      'type: w2',
    ])
  })

  test('a manager is demoted first', () => {
    const managers = ['m1', 'm2', 'm3'].map(name => apiManager(name, { isLeader: name === 'm1' }))
    const operation = { kind: 'remove-node', nodeId: nodeIdOf('m3'), name: 'm3', isForced: true } as const
    const lines = readQuestion(operation, { nodes: managers })
    assert.ok(lines.includes('m3 is demoted first'))
    assert.ok(lines.some(line => line.includes('managers 3 → 2')))
  })
})

describe('the history limit', () => {
  const limit = (limit: number) => ask({ kind: 'set-history-limit', limit, name: 'the swarm' })

  test('says from how many to how many', () => {
    assert.deepEqual(limit(3), [
      'Keep 3 ended tasks in a slot?',
      'from 5 to 3 ended tasks in each slot of every service',
      'older ones go when their slot gets its next task',
      'Enter: yes',
    ])
  })

  test('of none leaves no trace of a failure', () => {
    assert.equal(limit(0)[1], '! of a task that failed nothing is left to look at, nor its log')
  })
})

test('a promotion where a manager has gone warns of a node that knows no other', () => {
  const managers = [
    apiManager('m1', { isLeader: true }),
    apiManager('m2'),
    apiManager('m3', { reachability: 'unreachable' }),
  ]
  const operation = { kind: 'promote', nodeId: nodeIdOf('w1'), name: 'w1' } as const
  const lines = readQuestion(operation, { nodes: [...managers, apiNode({ name: 'w1' })] })
  assert.ok(
    lines.includes(
      '! if w1 joined through m3, which is gone, it does not become one: docker info on w1 then says error, though it reads Reachable here',
    ),
    lines.join('\n'),
  )
})
