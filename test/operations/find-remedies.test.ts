import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { BINDINGS } from '../../source/app/keys.ts'
import { examine } from '../../source/operations/examine.ts'
import { findRemedies } from '../../source/operations/find-remedies.ts'
import { LOCK_LABEL } from '../../source/operations/maintenance/lock.ts'
import { reportAdvice } from '../../source/operations/report-advice.ts'
import { diagnose, NOTHING_KNOWN } from '../../source/swarm/doctor/diagnose.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { troubledReading } from '../helpers/readings.ts'

const three = ['m1', 'm2', 'm3'].map((name, index) => apiManager(name, { isLeader: index === 0 }))
const workers = ['w1', 'w2'].map(name => apiNode({ name }))

/** What helps against the first finding of a kind, for each of its subjects: `activate: docker node …`. */
function helps(kind: string, words: Partial<ApiReading>): readonly string[] {
  const cluster = clusterOf(words)
  const finding = diagnose(cluster).find(entry => entry.kind === kind)
  assert.ok(finding, `${kind} is not found`)
  return finding.subjects.flatMap(subject =>
    findRemedies(finding, subject, cluster).map(({ by, words: told, command }) => `${by ?? told}: ${command}`),
  )
}

test('an operation for each of several nodes', () => {
  const nodes = [
    ...three,
    apiNode({ name: 'w1', availability: 'drain' }),
    apiNode({ name: 'w2', availability: 'drain' }),
  ]
  assert.deepEqual(helps('node-drained', { nodes }), [
    'activate: docker node update --availability active w1',
    'activate: docker node update --availability active w2',
  ])
})

test('what somebody has in maintenance is gone on with there first', () => {
  const labels = { [LOCK_LABEL]: 'ops@bastion 2026-11-21T11:00:00Z' }
  const cluster = clusterOf({ nodes: [...three, apiNode({ name: 'w1', availability: 'drain', labels })] })
  const [finding] = examine(cluster, NOTHING_KNOWN)
  assert.ok(finding)
  assert.deepEqual(
    findRemedies(finding, finding.subjects[0], cluster).map(({ by }) => by),
    ['maintenance', 'activate'],
  )
  assert.deepEqual(
    reportAdvice(cluster).map(({ text }) => text),
    ['w1 is drained, ≥ 60 min, in maintenance by ops@bastion'],
  )
})

test('a dead double is named by its ID, since its name is that of another', () => {
  const nodes = [...three, apiNode({ name: 'w1', id: 'old', state: 'down' }), apiNode({ name: 'w1', id: 'new' })]
  assert.deepEqual(helps('dead-double', { nodes }), ['remove-node: docker node rm old'])
})

test('one more manager, unless one is away: that comes first, since one more would raise the majority', () => {
  assert.deepEqual(helps('single-manager', { nodes: [...three.slice(0, 1), ...workers] }), [
    'promote: docker node promote NODE',
  ])
  assert.deepEqual(helps('single-manager', { nodes: three.slice(0, 1) }), [
    'let another machine join as a manager: docker swarm join-token manager',
  ])
  const away = apiManager('m3', { state: 'down', reachability: 'unreachable' })
  assert.deepEqual(helps('no-tolerance', { nodes: [...three.slice(0, 2), away, ...workers] }), [
    'demote: docker node demote m3',
  ])
})

test('what crashes wrote something, what never started did not', () => {
  const failures = (words: Partial<Parameters<typeof apiTask>[0]>) => ({
    nodes: [...three, ...workers],
    services: [apiService({ name: 'web' })],
    tasks: [1, 2, 3].map(minutes =>
      apiTask({ service: 'web', slot: 1, node: 'w1', error: 'x', createdAgoMs: minutes * 60_000, ...words }),
    ),
  })
  const why = 'why: docker service ps --no-trunc web'
  assert.deepEqual(helps('crash-loop', failures({ state: 'failed', exitCode: 1 })), [
    'logs: docker service logs --tail 50 web',
    why,
  ])
  assert.deepEqual(helps('crash-loop', failures({ state: 'rejected' })), [why])
})

test('the report names what it is about, in a form that a script can act on', () => {
  const cluster = clusterOf({
    nodes: [...three, ...workers],
    services: [apiService({ name: 'db', reservations: { MemoryBytes: 1 } })],
    tasks: apiTasks('db', ['w1']),
  })
  assert.deepEqual(reportAdvice(cluster), [
    {
      kind: 'single-replica',
      severity: 'advice',
      subjects: [{ kind: 'service', id: serviceIdOf('db'), name: 'db', note: '' }],
      text: 'db has one replica',
      why: 'When its node is lost, drained or updated, nothing serves it until another one has started elsewhere',
      helps: ['give it a second one'],
      commands: ['docker service scale db=2'],
    },
  ])
  const managers = reportAdvice(clusterOf({ nodes: three.slice(0, 2) })).map(({ subjects }) => subjects)
  assert.deepEqual(managers[0], [{ kind: 'managers', id: null, name: 'managers', note: '' }])
  const [drained] = reportAdvice(clusterOf({ nodes: [...three, apiNode({ name: 'w1', availability: 'drain' })] }))
  assert.deepEqual(drained?.subjects, [{ kind: 'node', id: nodeIdOf('w1'), name: 'w1', note: '≥ 60 min' }])
})

test('whatever a key does is done by one that there is', () => {
  const names = new Set(BINDINGS.map(({ name }) => name))
  const text = readFileSync(new URL('../../source/operations/find-remedies.ts', import.meta.url), 'utf8')
  const asked = [...text.matchAll(/\b(?:by|kind): '([a-z-]+)'/g)].map(([, name = '']) => name)
  assert.ok(asked.length > 10)
  assert.deepEqual(
    asked.filter(name => !names.has(name)),
    [],
  )
})

test('every finding has something that helps, and every command is one line', () => {
  for (const { kind, helps: told, commands } of reportAdvice(clusterOf(troubledReading))) {
    assert.ok(told.length > 0, kind)
    for (const command of commands) assert.match(command, /^docker [^\n]+$/)
  }
})
