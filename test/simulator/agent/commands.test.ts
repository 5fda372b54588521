import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiServiceSpec } from '../../../source/api/service.ts'
import { buildWorld } from '../../../source/simulator/scenarios/build-world.ts'
import { toImages } from '../../../source/simulator/scenarios/to-images.ts'
import { load } from '../../../source/simulator/simulator.ts'
import { driveSwarm, EPOCH_MS, emptyScenario, type SimulatedSwarm, serviceSpec } from '../../helpers/simulated-swarm.ts'
import { openLog } from '../../helpers/task-log.ts'

test('a container does what its command says', () => {
  const table = [
    { args: ['true'], after: 'complete' },
    { args: ['false'], after: 'failed: task: non-zero exit (1)' },
    { args: ['sleep', '3'], after: 'complete' },
    { args: ['sleep', '60'], after: 'running' },
    { args: ['sh', '-c', 'exit 3'], after: 'failed: task: non-zero exit (3)' },
    { args: ['my-server'], after: 'running' },
    { args: [], after: 'complete' },
    { args: [], more: { TTY: true }, after: 'running' },
    { args: ['3'], more: { Command: ['sleep'] }, after: 'complete' },
    { image: 'nginx', args: [], after: 'running' },
    { image: 'nginx', args: ['true'], after: 'complete' },
    { image: 'shop/api', args: ['false'], after: 'failed: task: non-zero exit (1)' },
    { image: 'shop/worker:2', args: ['sleep', 'infinity'], after: 'failed: task: non-zero exit (9)' },
  ]
  for (const { image = 'alpine', args, more = {}, after } of table) {
    const swarm = oneTask(image, { Args: args, ...more })
    swarm.pass(10_000)
    assert.equal(resultOf(swarm), after, [image, ...args].join(' '))
  }
})

test('a label has the last word, and keeps what it does not speak of', () => {
  const swarm = oneTask('alpine', { Args: ['sleep', '3'], Labels: { 'swarmtop.sim.exit-code': '4' } })
  swarm.pass(5_000)
  assert.equal(resultOf(swarm), 'running')
  swarm.pass(3_000)
  assert.equal(resultOf(swarm), 'failed: task: non-zero exit (4)')
})

test('process 1 is deaf to the signal that asks it to stop, the child of an init is not', () => {
  for (const Init of [false, true]) {
    const swarm = oneTask('alpine', { Args: ['sleep', '1h'], Init })
    swarm.pass(5_000)
    swarm.changeService('one', spec => ({ ...spec, Mode: { Replicated: { Replicas: 0 } } }))
    swarm.pass(5_000)
    const [container] = swarm.call('GET', '/containers/json?all=1').value as readonly { readonly State: string }[]
    assert.equal(container?.State ?? 'gone', Init ? 'gone' : 'running')
  }
})

test('what a command writes can be read, each line at its time', () => {
  const script = 'echo up; sleep 2; date; echo "lost $(hostname)" >&2; sleep 1; exit 1'
  const swarm = oneTask('alpine', { Args: ['sh', '-c', script], Hostname: 'c1' })
  const log = openLog(swarm.simulator, '/services/one/logs?stdout=1&stderr=1&follow=1')
  assert.deepEqual(textsOf(log.read(4_000)), ['1 up'])
  const [, date, ...others] = textsOf(log.read(6_000))
  assert.match(date ?? '', /^1 Sat Nov 21 12:00:\d\d UTC 2026$/)
  assert.deepEqual(others, ['2 lost c1'])
  assert.deepEqual(textsOf(openLog(swarm.simulator, '/services/one/logs?stdout=1&stderr=1').read()).length, 3)
})

test('a loop writes for ever, and what has been killed has written no more', () => {
  const swarm = oneTask('alpine', { Args: ['sh', '-c', 'while true; do echo a; sleep 1; echo b; sleep 2; done'] })
  swarm.pass(10_500)
  const lines = () => textsOf(openLog(swarm.simulator, '/services/one/logs?stdout=1&stderr=1').read())
  const before = lines()
  assert.deepEqual(before.slice(0, 4), ['1 a', '1 b', '1 a', '1 b'])
  assert.ok(before.length >= 5 && before.length <= 7, String(before.length))
  const { ID = '' } = swarm.tasks('one')[0] ?? {}
  swarm.simulator.inject({ kind: 'kill-container', taskId: ID, exitCode: 1 })
  swarm.pass(10_000)
  assert.deepEqual(lines(), before)
})

test('a health check that can only fail does', () => {
  const table = [
    { check: ['CMD-SHELL', 'exit 1'], after: /^failed: .*unhealthy container$/ },
    { check: ['CMD', 'false'], after: /^failed: .*unhealthy container$/ },
    { check: ['CMD-SHELL', 'sleep 60'], after: /^failed: .*unhealthy container$/ },
    { check: ['CMD-SHELL', 'exit 0'], after: /^running$/ },
    { check: ['CMD', 'true'], after: /^running$/ },
    { check: ['CMD-SHELL', 'curl -f http://localhost || exit 1'], after: /^running$/ },
  ]
  for (const { check, after } of table) {
    const swarm = oneTask('nginx', { Healthcheck: { Test: check, Interval: 2e9, Retries: 2 } })
    swarm.pass(15_000)
    assert.match(resultOf(swarm), after, check.join(' '))
  }
})

/** One container on one machine, of the usual images or of a scenario's. */
function oneTask(image: string, container: object): SimulatedSwarm {
  const images = toImages({
    'shop/api': { 'log-first': ['up'] },
    'shop/worker': { 'exit-after': ['1s'], 'exit-code': ['9'] },
  })
  const scenario = { ...emptyScenario({ managers: 1, workers: 0 }), images }
  const swarm = driveSwarm(load(buildWorld(scenario, 1, EPOCH_MS)))
  const spec: ApiServiceSpec = serviceSpec('one', { image, restart: { Condition: 'none' } })
  const ContainerSpec = { ...spec.TaskTemplate?.ContainerSpec, ...container }
  swarm.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec } })
  return swarm
}

function resultOf(swarm: SimulatedSwarm): string {
  const { State, Err } = swarm.tasks('one')[0]?.Status ?? {}
  return Err === undefined ? `${State}` : `${State}: ${Err}`
}

function textsOf({ frames }: ReturnType<ReturnType<typeof openLog>['read']>): readonly string[] {
  return frames.map(({ stream, text }) => `${stream} ${text.trimEnd()}`)
}
