import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import Docker from 'dockerode'
import type { ApiServiceSpec } from '../../../source/api/service.ts'
import { serveSimulation } from '../../../source/simulator/http/serve-simulation.ts'
import { type Simulation, serveWorld } from '../../../source/simulator/http/serve-world.ts'
import { findScenario } from '../../../source/simulator/scenarios/find-scenario.ts'
import { newFolder } from '../../helpers/served-world.ts'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('a simulation has one socket a machine, for its owner only, and leaves none behind', async context => {
  const directory = await newFolder(context)
  const simulation = await serveQuietDay(join(directory, 'sockets'))
  context.after(simulation.close)

  assert.deepEqual(
    simulation.sockets.map(({ machine }) => machine),
    ['node1', 'node2', 'node3', 'node4', 'node5'],
  )
  assert.equal((await stat(join(directory, 'sockets'))).mode & 0o777, 0o700)
  const paths = [simulation.control, ...simulation.sockets.map(({ path }) => path)]
  for (const path of paths) assert.equal((await stat(path)).mode & 0o777, 0o600)

  await simulation.close()
  assert.deepEqual(await readdir(join(directory, 'sockets')), [])
})

test('a directory that cannot be made is named, and a path too long for a socket leaves none behind', {
  timeout: 30_000,
}, async context => {
  const directory = await newFolder(context)
  await writeFile(join(directory, 'file'), '')
  await assert.rejects(serveQuietDay('/proc/nobody/makes/this'), /^Error: .* cannot be made: ENOENT/)
  await assert.rejects(serveQuietDay(join(directory, 'file')), /is no directory/)
  await assert.rejects(serveQuietDay(join(directory, 'file', 'below')), /is no directory/)
  await assert.rejects(serveQuietDay(join(directory, 'a'.repeat(100))), /at most 107 bytes/)
  assert.deepEqual(await readdir(directory), ['file'])
})

test('the usual scenario stands when it is first looked at', async context => {
  const simulation = await serveQuietDay(await newFolder(context))
  context.after(simulation.close)
  const docker = connect(simulation)
  const services = await docker.listServices({ status: true })
  assert.ok(services.length >= 6)
  for (const { Spec, ServiceStatus } of services) {
    assert.equal(ServiceStatus?.RunningTasks, ServiceStatus?.DesiredTasks, Spec?.Name)
  }
  const info = await docker.info()
  assert.deepEqual(info.Labels, ['swarmtop.simulation=quiet-day', `swarmtop.control=${simulation.control}`])
  assert.equal(String(await docker.ping()), 'OK')
})

test('dockerode creates a service, drains a node and hears of it, as with an engine', {
  timeout: 30_000,
}, async context => {
  const simulation = await serveWorld(simulatedSwarm().simulator, { speed: 100, directory: await newFolder(context) })
  context.after(simulation.close)
  const docker = connect(simulation)
  const events = await docker.getEvents({ filters: { scope: ['swarm'], type: ['node'] } })

  await docker.createService(optionsOf(serviceSpec('web', { replicas: 5 })))
  await until(async () => (await running(docker)).length === 5)

  const node5 = (await docker.listNodes()).find(node => node.Description?.Hostname === 'node5')
  assert.ok(node5)
  const drained = { version: node5.Version?.Index, ...node5.Spec, Availability: 'drain' }
  await docker.getNode(node5.ID).update(drained)
  const [chunk] = await once(events, 'data')
  assert.equal(JSON.parse(String(chunk)).Actor.Attributes['availability.new'], 'drain')

  await until(async () => {
    const tasks = await running(docker)
    return tasks.length === 5 && tasks.every(task => task.NodeID !== node5.ID)
  })
  await assert.rejects(async () => await docker.getNode(node5.ID).update(drained), {
    statusCode: 500,
    json: { message: 'rpc error: code = Unknown desc = update out of sequence' },
  })
})

test('a very long address is no trouble, since dockerode sends specs in it', async context => {
  const simulation = await serveWorld(simulatedSwarm().simulator, { speed: 1, directory: await newFolder(context) })
  context.after(simulation.close)
  const docker = connect(simulation)
  const spec = { ...serviceSpec('web'), Labels: { note: 'x'.repeat(50_000) } }
  const { id } = await docker.createService(optionsOf(spec))
  await docker.getService(id).update({ version: (await docker.getService(id).inspect()).Version.Index, ...spec })
})

test('a socket that a dead process left is replaced; one in use, or another file, is not', async context => {
  const directory = await newFolder(context)
  const { simulator } = simulatedSwarm({ managers: 1, workers: 0 })
  const path = join(directory, 'node1.sock')

  await writeFile(path, 'precious')
  await assert.rejects(serveWorld(simulator, { speed: 1, directory }), /is in the way/)
  await rm(path)

  const other = createServer().listen(path)
  await once(other, 'listening')
  await assert.rejects(serveWorld(simulator, { speed: 1, directory }), /in use/)
  other.close()
  await once(other, 'close')

  const simulation = await serveWorld(simulator, { speed: 1, directory })
  assert.equal((await connect(simulation).listNodes()).length, 1)
  await simulation.close()
})

function serveQuietDay(directory: string): Promise<Simulation> {
  const scenario = findScenario('quiet-day')
  assert.ok(scenario)
  return serveSimulation({ scenario, seed: 1, speed: 1, epochMs: Date.UTC(2026, 10, 21, 12), directory })
}

/** The published types ask for more than the API does. */
function optionsOf(spec: ApiServiceSpec): Docker.CreateServiceOptions {
  return spec as unknown as Docker.CreateServiceOptions
}

function connect(simulation: Simulation): Docker {
  return new Docker({ socketPath: simulation.sockets[0]?.path ?? '' })
}

async function running(docker: Docker): Promise<readonly { readonly NodeID: string }[]> {
  const tasks = await docker.listTasks({ filters: { service: ['web'] } })
  return tasks.filter(task => task.Status?.State === 'running')
}

/** Asks again and again; a test that never gets what it waits for ends by its own time limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setImmediate(resolve))
}
