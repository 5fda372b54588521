import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exitCodeOf, reportNoLeader, reportStatus } from '../../source/swarm/status-report.ts'
import { apiManager, apiNode, apiService, apiTasks } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'

const TIME = '2026-11-21T12:00:00.000Z'
const source = { kind: 'engine', name: 'unix:///var/run/docker.sock' } as const

const report = (words: Parameters<typeof clusterOf>[0]) =>
  reportStatus({ cluster: clusterOf(words), source, time: TIME, advice: [] })

test('all that a script asks for', () => {
  const nodes = [
    apiManager('m1', { isLeader: true }),
    apiManager('m2'),
    apiManager('m3', { reachability: 'unreachable', state: 'down', message: 'heartbeat failure' }),
    apiNode({ name: 'w1', availability: 'drain' }),
  ]
  const services = [apiService({ name: 'api', replicas: 2, update: { State: 'completed' } })]
  assert.deepEqual(report({ nodes, services, tasks: apiTasks('api', ['m1', 'm2']) }), {
    time: TIME,
    source: { kind: 'engine', name: 'unix:///var/run/docker.sock' },
    verdict: 'degraded',
    quorum: { managers: 3, reachable: 2, majority: 2, canLose: 0, leader: 'm1' },
    nodes: [
      { hostname: 'm1', role: 'manager', status: 'ready', availability: 'active', managerStatus: 'leader', tasks: 1 },
      {
        hostname: 'm2',
        role: 'manager',
        status: 'ready',
        availability: 'active',
        managerStatus: 'reachable',
        tasks: 1,
      },
      {
        hostname: 'm3',
        role: 'manager',
        status: 'down',
        availability: 'active',
        managerStatus: 'unreachable',
        tasks: 0,
      },
      { hostname: 'w1', role: 'worker', status: 'ready', availability: 'drain', managerStatus: null, tasks: 0 },
    ],
    services: [{ name: 'api', mode: 'replicated', running: 2, desired: 2, update: 'completed' }],
    problems: [
      { severity: 'degraded', object: 'node m3', text: 'm3 is down and unreachable: heartbeat failure' },
      { severity: 'advice', object: 'quorum', text: 'One more manager down stops the control plane' },
      {
        severity: 'advice',
        object: 'quorum',
        text: 'm3: down, and still counted for the majority of 2 until demoted',
      },
    ],
    advice: [],
  })
})

test('0 when nothing is wrong, 1 when something is, 2 when nothing runs that should, 3 without a reading', () => {
  const services = [apiService({ name: 'api', replicas: 4 })]
  assert.equal(exitCodeOf(report(wellReading)), 0)
  assert.equal(exitCodeOf(report({ ...wellReading, services })), 1)
  assert.equal(exitCodeOf(report({ ...wellReading, services, tasks: [] })), 2)
  assert.equal(exitCodeOf(null), 3)
})

test('advice alone exits with 0', () => {
  const single = report({})
  assert.deepEqual(
    single.problems.map(({ severity }) => severity),
    ['advice'],
  )
  assert.equal(exitCodeOf(single), 0)
})

test('a manager answers and nobody leads: 2, and what the engine knew last of the managers', () => {
  const lost = reportNoLeader({ source, time: TIME, remoteManagers: 3, detail: 'too few managers are online' })
  assert.equal(exitCodeOf(lost), 2)
  assert.deepEqual(lost, {
    time: TIME,
    source,
    verdict: 'critical',
    quorum: { managers: 3, reachable: null, majority: 2, canLose: null, leader: null },
    nodes: [],
    services: [],
    problems: [
      { severity: 'critical', object: 'quorum', text: 'The swarm has no leader: too few managers are online' },
    ],
    advice: [],
  })
})

test('nobody leads, and how many managers there were is not known either', () => {
  const { quorum, problems } = reportNoLeader({ source, time: TIME })
  assert.deepEqual(quorum, { managers: null, reachable: null, majority: null, canLose: null, leader: null })
  assert.deepEqual(problems, [{ severity: 'critical', object: 'quorum', text: 'The swarm has no leader' }])
})
