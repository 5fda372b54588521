import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { allShown, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { onSockets, openProgram, temporaryFolder } from '../helpers/whole-program.ts'
import { type Lab, startLab } from './lab.ts'
import { nodeStates } from './swarm.ts'
import { waitFor } from './wait-for.ts'

/** A whole rolling maintenance of five real engines, by keys, while a service must not lose a single task. */
let lab: Lab

const REPLICAS = 10
const MANAGERS = ['node1', 'node2', 'node3']

before(async () => {
  lab = await startLab({ engines: 5 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  const order = ['--update-order', 'start-first', '--update-parallelism', '5', '--update-monitor', '1s']
  const create = ['service', 'create', '--no-resolve-image', '--detach', '--name', 'web', ...order]
  await lab.docker('node1', ...create, '--replicas', String(REPLICAS), 'swarmtop-lab:1')
  await waitFor('the service to run', countRunning, { until: running => running === REPLICAS })
})

after(() => lab.down())

test('no task is missed, and the quorum is never lost, while each node is drained, stopped and started', async t => {
  const env = { XDG_STATE_HOME: temporaryFolder(t) }
  const watched = watch(t)
  let dashboard = open(t, env)
  await shows(dashboard, '● live')
  dashboard.press('2')
  await shows(dashboard, 'Nodes 5', 'node5')
  await press(dashboard, 'home space space space space space M')
  await shows(dashboard, 'Nothing is done yet: 5 nodes', 'g does it gracefully')
  await press(dashboard, 'g')
  await shows(dashboard, 'renewed before the drain: web')
  await press(dashboard, 'enter')

  const leader = (await nodeStates(lab, 'node1')).find(({ manager }) => manager === 'Leader')?.name ?? ''
  const order = ['node4', 'node5', ...MANAGERS.filter(name => name !== leader), leader]
  for (const name of order) {
    await shows(dashboard, `${name} is empty: do your work`)
    assert.equal(await tasksOn(name), 0)
    if (name === 'node5') {
      // The connection to the person is lost, and somebody opens the dashboard anew.
      dashboard.kill('SIGHUP')
      await dashboard.exited
      dashboard = open(t, env)
      await shows(dashboard, 'left off at node5')
      await press(dashboard, 'enter')
      await shows(dashboard, 'node5 is empty: do your work')
    }
    if (name === 'node4' || name === order[2]) {
      await lab.stop(name)
      await shows(dashboard, 'it has been away for')
      await lab.start(name)
      await shows(dashboard, 'it was away for')
    }
    await press(dashboard, 'enter')
    await shows(dashboard, new RegExp(`${name} is back, and watched`))
    await press(dashboard, 'enter')
    const screen = await shows(dashboard, new RegExp(`${name} is active again; tasks do not|${name} .* done `))
    if (screen.includes('tasks do not')) await press(dashboard, 'enter')
  }
  await shows(dashboard, 'Over: 5 nodes done')
  const { samples, least, leastManagers } = watched.stop()
  t.diagnostic(
    `${samples} samples, never fewer than ${least} of ${REPLICAS} running and ${leastManagers} of 3 managers`,
  )
  assert.ok(samples > 100)
  assert.equal(least, REPLICAS)
  assert.ok(leastManagers >= 2)
  const nodes = await nodeStates(lab, 'node1')
  assert.deepEqual(new Set(nodes.map(({ availability }) => availability)), new Set(['Active']))
  const labels = await Promise.all(
    nodes.map(({ name }) => lab.docker('node1', 'node', 'inspect', name, '--format', '{{.Spec.Labels}}')),
  )
  assert.deepEqual(new Set(labels), new Set(['map[]']))
})

function open(t: TestContext, env: Readonly<Record<string, string>>): Terminal {
  return openProgram(t, onSockets(...MANAGERS.map(lab.socket)), { columns: 140, rows: 40, env })
}

function shows(dashboard: Terminal, ...wanted: readonly Shown[]): Promise<string> {
  return dashboard.waitForScreen(allShown(...wanted), { limitMs: 90_000 })
}

/** What has just come upon the screen does not hear keys before it could have been read. */
async function press(dashboard: Terminal, keys: string): Promise<void> {
  for (const key of keys.split(' ')) {
    await sleep(400)
    dashboard.press(key)
  }
}

type Watched = { readonly samples: number; readonly least: number; readonly leastManagers: number }

/** Looks four times a second how many tasks run and how many managers are reachable, at whichever manager answers. */
function watch(t: TestContext): { readonly stop: () => Watched } {
  let seen: Watched = { samples: 0, least: Number.POSITIVE_INFINITY, leastManagers: Number.POSITIVE_INFINITY }
  const timer = setInterval(async () => {
    const [running, managers] = await Promise.all([countRunning(), countManagers()]).catch(() => [null, null])
    if (running === null || managers === null) return
    seen = {
      samples: seen.samples + 1,
      least: Math.min(seen.least, running),
      leastManagers: Math.min(seen.leastManagers, managers),
    }
  }, 250)
  const stop = () => {
    clearInterval(timer)
    return seen
  }
  t.after(stop)
  return { stop }
}

type Task = { readonly Status?: { readonly State?: string }; readonly DesiredState?: string; readonly NodeID?: string }

async function countRunning(): Promise<number> {
  return (await tasks()).length
}

/** Those of the service that run and are meant to. */
async function tasks(): Promise<readonly Task[]> {
  const all = await ask<readonly Task[]>(`/tasks?filters=${encodeURIComponent('{"service":{"web":true}}')}`)
  return all.filter(({ Status, DesiredState }) => Status?.State === 'running' && DesiredState === 'running')
}

async function tasksOn(name: string): Promise<number> {
  const [id] = (await lab.docker('node1', 'node', 'inspect', name, '--format', '{{.ID}}')).split('\n')
  return (await tasks()).filter(({ NodeID }) => NodeID === id).length
}

async function countManagers(): Promise<number> {
  const nodes = await ask<readonly { readonly ManagerStatus?: { readonly Reachability?: string } }[]>('/nodes')
  return nodes.filter(({ ManagerStatus }) => ManagerStatus?.Reachability === 'reachable').length
}

/** What the first of the managers that answers says. */
async function ask<T>(path: string): Promise<T> {
  for (const name of MANAGERS.filter(lab.isRunning)) {
    const answer = await askOf<T>(lab.socket(name), path)
    if (answer !== null) return answer
  }
  throw new Error('no manager answers')
}

function askOf<T>(socketPath: string, path: string): Promise<T | null> {
  return new Promise(resolve => {
    const asked = request({ socketPath, path, timeout: 2000 }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('end', () => resolve(answer.statusCode === 200 ? JSON.parse(Buffer.concat(chunks).toString()) : null))
      answer.on('error', () => resolve(null))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(null))
    asked.end()
  })
}
