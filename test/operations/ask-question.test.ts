import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiManager, apiNode, apiService, apiTask } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { forceUpdate, onNode } from '../helpers/operation-builders.ts'
import { readQuestion } from '../helpers/read-question.ts'

const workers = [apiNode({ name: 'w1' }), apiNode({ name: 'w2' })]
const leader = apiManager('m1', { isLeader: true })

describe('activate and pause', () => {
  test('activation moves nothing back', () => {
    assert.deepEqual(
      readQuestion(onNode('activate', 'w1'), {
        nodes: [leader, apiNode({ name: 'w1', availability: 'drain' })],
        services: [apiService({ name: 'api', replicas: 1 })],
        tasks: [apiTask({ service: 'api', slot: 1, state: 'pending', error: 'no suitable node' })],
      }),
      [
        'Activate w1?',
        'from drain to active: new tasks may be placed on w1',
        '1 pending task may find a place: api.1',
        'missing tasks of global services start there at once',
        'tasks that run elsewhere do not move back; a force update spreads a service anew',
        'Enter: yes',
      ],
    )
  })

  test('a pause leaves what is there', () => {
    assert.deepEqual(readQuestion(onNode('pause', 'w1')), [
      'Pause w1?',
      'from active to pause: no new tasks are placed on w1',
      '1 task there left as they are: api',
      'Enter: yes',
    ])
  })

  test('a pause of the last node that takes tasks', () => {
    assert.deepEqual(readQuestion(onNode('pause', 'm1'), { nodes: [leader] }), [
      'Pause m1?',
      '!! no other node is ready and active: a task that ends is not replaced until one is',
      'from active to pause: no new tasks are placed on m1',
      'Enter: no',
    ])
  })
})

describe('promote', () => {
  const power = (name: string) =>
    `${name} will hold the whole state of the swarm, its secrets too, and can change all of it`

  test('from three to four wins nothing', () => {
    assert.deepEqual(readQuestion(onNode('promote', 'w1')), [
      'Promote w1 to manager?',
      '! an even number of managers: 4 survive no more losses than 3 would',
      'managers 3 → 4, majority 2 → 3, can lose 1 → 1',
      power('w1'),
      'Enter: yes',
    ])
  })

  test('from one to two is worse than one', () => {
    assert.deepEqual(readQuestion(onNode('promote', 'w1'), { nodes: [leader, ...workers] }), [
      'Promote w1 to manager?',
      '! with two managers, losing either one loses the quorum',
      'managers 1 → 2, majority 1 → 2, can lose 0 → 0',
      power('w1'),
      'Enter: yes',
    ])
  })

  test('from two to three', () => {
    assert.deepEqual(readQuestion(onNode('promote', 'w1'), { nodes: [leader, apiManager('m2'), ...workers] }), [
      'Promote w1 to manager?',
      'managers 2 → 3, majority 2 → 2, can lose 0 → 1',
      power('w1'),
      'Enter: yes',
    ])
  })

  test('a node that is Down joins when it is back', () => {
    const lines = readQuestion(onNode('promote', 'w1'), {
      nodes: [leader, apiManager('m2'), apiNode({ name: 'w1', state: 'down' })],
    })
    assert.equal(lines[1], '! w1 is Down: it becomes a manager only when it is back')
    assert.equal(lines[2], 'then managers 2 → 3, majority 2 → 2, can lose 0 → 1')
  })

  test('tasks that want a worker are stopped there', () => {
    const lines = readQuestion(onNode('promote', 'w1'), {
      ...wellReading,
      services: [apiService({ name: 'api', replicas: 3, constraints: ['node.role == Worker'] })],
    })
    assert.ok(lines.includes('! not allowed on a manager and therefore stopped there: api'))
  })
})

describe('demote', () => {
  test('from three to two leaves no tolerance', () => {
    assert.deepEqual(readQuestion(onNode('demote', 'm2')), [
      'Demote m2 to worker?',
      '!! managers 3 → 2, majority 2 → 2, can lose 1 → 0: one more lost stops the control plane',
      '! with two managers, losing either one loses the quorum',
      'Enter: no',
    ])
  })

  test('from four to three takes nothing away', () => {
    const nodes = [leader, ...['m2', 'm3', 'm4'].map(name => apiManager(name))]
    assert.deepEqual(readQuestion(onNode('demote', 'm4'), { nodes }), [
      'Demote m4 to worker?',
      'managers 4 → 3, majority 3 → 2, can lose 1 → 1',
      'Enter: yes',
    ])
  })

  test('the leader, through which we look', () => {
    const nodes = [leader, ...['m2', 'm3', 'm4'].map(name => apiManager(name))]
    assert.deepEqual(readQuestion(onNode('demote', 'm1'), { nodes }), [
      'Demote m1 to worker?',
      '! m1 leads: another manager takes over, and for some seconds the swarm may not answer',
      '! we see the swarm through m1: as a worker it shows nothing, another manager must be asked',
      'managers 4 → 3, majority 3 → 2, can lose 1 → 1',
      'Enter: yes',
    ])
  })

  test('a dead one no longer counts', () => {
    const dead = apiManager('m3', { state: 'down', reachability: 'unreachable' })
    assert.deepEqual(readQuestion(onNode('demote', 'm3'), { nodes: [leader, apiManager('m2'), dead] }), [
      'Demote m3 to worker?',
      '!! managers 3 → 2, majority 2 → 2, can lose 0 → 0: one more lost stops the control plane',
      '! with two managers, losing either one loses the quorum',
      'm3 cannot be reached; demoted, it no longer counts',
      'Enter: no',
    ])
  })
})

test('what is gone is not done by accident', () => {
  assert.deepEqual(readQuestion(onNode('drain', 'w9')), ['Drain w9?', '!! w9 is no longer in the swarm', 'Enter: no'])
  assert.deepEqual(readQuestion(forceUpdate('web')), ['Force update web?', '!! web is no longer there', 'Enter: no'])
})
