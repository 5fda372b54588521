import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks } from '../helpers/api-builders.ts'
import { onNode } from '../helpers/operation-builders.ts'
import { readQuestion } from '../helpers/read-question.ts'

const workers = [apiNode({ name: 'w1' }), apiNode({ name: 'w2' })]
const leader = apiManager('m1', { isLeader: true })
const outside = (node: string) => `containers that were started outside the swarm keep running on ${node}`

describe('drain of a worker', () => {
  test('says what moves, what stops, what stays and what is interrupted', () => {
    const services = [
      apiService({ name: 'api', replicas: 3 }),
      apiService({ name: 'web', replicas: 2, updateOrder: 'start-first' }),
      apiService({ name: 'agent', mode: { Global: {} } }),
      apiService({ name: 'backup', mode: { ReplicatedJob: { TotalCompletions: 1 } } }),
    ]
    const tasks = [
      ...apiTasks('api', ['w1', 'w1', 'w2']),
      ...apiTasks('web', ['w1', 'w1']),
      apiTask({ service: 'agent', node: 'w1' }),
      apiTask({ service: 'agent', node: 'w2' }),
      apiTask({ service: 'backup', node: 'w1', desired: 'complete' }),
      apiTask({ service: 'api', slot: 3, node: 'w1', state: 'failed' }),
    ]
    assert.deepEqual(readQuestion(onNode('drain', 'w1'), { nodes: [leader, ...workers], services, tasks }), [
      'Drain w1?',
      '! down for a moment, since nothing of it runs elsewhere: web',
      '4 tasks to be replaced on other nodes: api (2), web (2)',
      '1 task of global services stopped, and not replaced while the node is drained: agent',
      '1 task of jobs left to run on here: backup',
      'stopped before the new one starts, in spite of start-first: web',
      outside('w1'),
      'Enter: yes',
    ])
  })

  test('a task that runs on a dead node does not keep a service up', () => {
    const [, first] = readQuestion(onNode('drain', 'w1'), {
      nodes: [leader, apiNode({ name: 'w1' }), apiNode({ name: 'w2', state: 'down' })],
      services: [apiService({ name: 'api', replicas: 2 })],
      tasks: apiTasks('api', ['w1', 'w2']),
    })
    assert.equal(first, '! down for a moment, since nothing of it runs elsewhere: api')
  })

  test('what is never restarted is lost', () => {
    const lines = readQuestion(onNode('drain', 'w1'), {
      nodes: [leader, ...workers],
      services: [apiService({ name: 'once', restartCondition: 'none' })],
      tasks: apiTasks('once', ['w1']),
    })
    assert.equal(lines[1], '!! 1 task stopped for good, since the restart condition is none: once')
    assert.equal(lines.at(-1), 'Enter: no')
  })

  test('with nothing on it, only that is said', () => {
    assert.deepEqual(readQuestion(onNode('drain', 'w2'), { nodes: [leader, ...workers] }), [
      'Drain w2?',
      'no task of a service runs here',
      outside('w2'),
      'Enter: yes',
    ])
  })

  test('the last node that takes tasks', () => {
    const nodes = [
      apiManager('m1', { isLeader: true, availability: 'drain' }),
      apiNode({ name: 'w1' }),
      apiNode({ name: 'w2', state: 'down' }),
      apiNode({ name: 'w3', availability: 'pause' }),
    ]
    const services = [apiService({ name: 'api' })]
    assert.deepEqual(readQuestion(onNode('drain', 'w1'), { nodes, services, tasks: apiTasks('api', ['w1']) }), [
      'Drain w1?',
      '!! no other node is ready and active: until one is, what is stopped here waits as pending',
      '! down for a moment, since nothing of it runs elsewhere: api',
      '1 task to be replaced on other nodes: api',
      outside('w1'),
      'Enter: no',
    ])
  })
})

describe('drain of a manager says what switching it off would mean', () => {
  const managers = (...names: readonly string[]) => [leader, ...names.map(name => apiManager(name)), ...workers]
  const dead = (name: string) => apiManager(name, { state: 'down', reachability: 'unreachable' })

  const cases: readonly (readonly [why: string, target: string, nodes: readonly ApiNode[], readonly string[]])[] = [
    [
      'of five there is one more to lose',
      'm2',
      managers('m2', 'm3', 'm4', 'm5'),
      [
        'no task of a service runs here',
        'm2 stays a manager; while it is switched off: 4 of 5 managers reachable, majority 3, can lose 1',
        outside('m2'),
        'Enter: yes',
      ],
    ],
    [
      'of three there is none',
      'm2',
      managers('m2', 'm3'),
      [
        '!! m2 stays a manager; while it is switched off: 2 of 3 managers reachable, majority 2, can lose 0',
        'no task of a service runs here',
        outside('m2'),
        'Enter: no',
      ],
    ],
    [
      'of three with one dead the quorum is lost',
      'm2',
      [...managers('m2'), dead('m3')],
      [
        '!! m2 stays a manager; switching it off loses the quorum: 1 of 3 managers reachable, majority 2, too few',
        'no task of a service runs here',
        outside('m2'),
        'Enter: no',
      ],
    ],
    [
      'the dead one itself',
      'm3',
      [...managers('m2'), dead('m3')],
      [
        '! m3 stays a manager: it cannot be reached and counts against the majority until it is demoted',
        'no task of a service runs here',
        outside('m3'),
        'Enter: yes',
      ],
    ],
    [
      'the leader, through which we look',
      'm1',
      managers('m2', 'm3'),
      [
        '!! m1 stays a manager; while it is switched off: 2 of 3 managers reachable, majority 2, can lose 0',
        '! m1 leads: when it is switched off, nobody does for 10 to 20 s',
        '! we see the swarm through m1: when it is switched off, another manager must be asked',
        'no task of a service runs here',
        outside('m1'),
        'Enter: no',
      ],
    ],
    [
      'the only manager',
      'm1',
      managers(),
      [
        '!! m1 stays a manager, the only one: while it is switched off nothing in the swarm can be seen or changed',
        '! we see the swarm through m1: when it is switched off, another manager must be asked',
        'no task of a service runs here',
        outside('m1'),
        'Enter: no',
      ],
    ],
  ]
  for (const [why, target, nodes, lines] of cases) {
    test(why, () => assert.deepEqual(readQuestion(onNode('drain', target), { nodes }), [`Drain ${target}?`, ...lines]))
  }
})
