import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../../source/api/task.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('containers of a machine that was killed are found dead, and their tasks have failed', () => {
  for (const action of ['kill', 'poweroff'] as const) {
    const { swarm, machine, task } = runningOnWorker()
    swarm.strike(machine, action)
    swarm.pass(1_000)
    swarm.strike(machine, 'start')
    swarm.pass(5_000)
    assert.deepEqual(resultOf(swarm, task), ['shutdown', 'failed', 'task: non-zero exit (255)'], action)
    assert.match(statusesOn(swarm, machine).join(), /Exited \(255\) \d seconds ago/)
  }
})

test('after an orderly stop no container is left: who is still wanted has failed, who is not has been shut down', () => {
  const soon = runningOnWorker()
  soon.swarm.strike(soon.machine, 'stop')
  soon.swarm.pass(1_000)
  soon.swarm.strike(soon.machine, 'start')
  soon.swarm.pass(5_000)
  const name = `web.1.${soon.task}`
  assert.deepEqual(resultOf(soon.swarm, soon.task), ['shutdown', 'failed', `No such container: ${name}`])

  const late = runningOnWorker()
  late.swarm.strike(late.machine, 'stop')
  late.swarm.pass(60_000)
  assert.deepEqual(resultOf(late.swarm, late.task), ['shutdown', 'running', undefined], 'nobody can ask the machine')
  late.swarm.strike(late.machine, 'start')
  late.swarm.pass(10_000)
  assert.deepEqual(resultOf(late.swarm, late.task), ['shutdown', 'shutdown', undefined])
  const { ContainerStatus } = late.swarm.tasks().find(({ ID }) => ID === late.task)?.Status ?? {}
  assert.deepEqual([ContainerStatus?.PID, ContainerStatus?.ExitCode], [0, 0])
  assert.deepEqual(statusesOn(late.swarm, late.machine), [])
})

test('what a cut-off machine has to say is said when the cable is back', () => {
  const { swarm, machine, task } = runningOnWorker()
  swarm.strike(machine, 'cut')
  swarm.pass(2_000)
  assert.equal(swarm.simulator.inject({ kind: 'kill-container', taskId: task, exitCode: 7 }), null)
  swarm.pass(2_000)
  assert.equal(resultOf(swarm, task)[1], 'running')
  swarm.strike(machine, 'heal')
  swarm.pass(60_000)
  assert.deepEqual(resultOf(swarm, task).slice(1), ['failed', 'task: non-zero exit (7)'])
})

test('only a container that runs can be killed', () => {
  const { swarm, task } = runningOnWorker()
  const kill = () => swarm.simulator.inject({ kind: 'kill-container', taskId: task, exitCode: 1 })
  assert.equal(kill(), null)
  assert.equal(kill(), `The container of task ${task} does not run`)
  swarm.pass(60_000)
  assert.equal(
    swarm.simulator.inject({ kind: 'kill-container', taskId: 'nosuch', exitCode: 1 }),
    'No machine has a container of task nosuch',
  )
})

/** One task, which a worker runs. */
function runningOnWorker(): { readonly swarm: SimulatedSwarm; readonly machine: string; readonly task: string } {
  const swarm = simulatedSwarm({ managers: 1, workers: 2, images: { image: {} } })
  swarm.create(serviceSpec('web', { image: 'image:1', constraints: ['node.role==worker'] }))
  swarm.pass(5_000)
  const [task] = swarm.tasks('web')
  const node = swarm.nodes().find(({ ID }) => ID === task?.NodeID)
  assert.equal(task?.Status?.State, 'running')
  return { swarm, machine: node?.Description?.Hostname ?? '', task: task?.ID ?? '' }
}

function resultOf(swarm: SimulatedSwarm, id: string): readonly (string | undefined)[] {
  const task = swarm.tasks().find(({ ID }) => ID === id) as ApiTask
  return [task.DesiredState, task.Status?.State, task.Status?.Err]
}

function statusesOn(swarm: SimulatedSwarm, machine: string): readonly string[] {
  const { value } = swarm.call('GET', '/containers/json?all=1', undefined, machine)
  return (value as readonly { readonly Status: string }[]).map(({ Status }) => Status)
}
