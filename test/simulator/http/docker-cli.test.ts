import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { serveWorld } from '../../../source/simulator/http/serve-world.ts'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const hasDocker = spawnSync('docker', ['--version']).status === 0
const isRequired = process.env.SWARMTOP_LAB === 'required'

test('the real docker CLI works on a simulation', {
  skip: !hasDocker && !isRequired && 'there is no docker CLI here',
  timeout: 60_000,
}, async context => {
  const directory = await mkdtemp(join(tmpdir(), 'sim-'))
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web', { replicas: 5, ports: [8080] }))
  swarm.create(serviceSpec('agent', { replicas: 'global' }))
  swarm.pass(5_000)
  const simulation = await serveWorld(swarm.simulator, { speed: 50, directory })
  context.after(async () => {
    await simulation.close()
    await rm(directory, { recursive: true, force: true })
  })
  const docker = async (...words: readonly string[]) => {
    const host = `unix://${simulation.sockets[0]?.path}`
    const { stdout } = await promisify(execFile)('docker', ['-H', host, ...words], {
      env: { ...process.env, HOME: directory },
    })
    return stdout
  }

  await context.test('node ls', async () => {
    const rows = await table(docker('node', 'ls', '--format', '{{.Hostname}} {{.Status}} {{.ManagerStatus}} {{.Self}}'))
    assert.deepEqual(rows, [
      'node1 Ready Leader true',
      'node2 Ready Reachable false',
      'node3 Ready Reachable false',
      'node4 Ready  false',
      'node5 Ready  false',
    ])
  })

  await context.test('service ls', async () => {
    const rows = await table(docker('service', 'ls', '--format', '{{.Name}} {{.Mode}} {{.Replicas}} {{.Ports}}'))
    assert.deepEqual(rows, ['agent global 5/5', 'web replicated 5/5 *:8080->80/tcp'])
  })

  await context.test('node update --availability drain, and service ps after it', async () => {
    assert.equal(await docker('node', 'update', '--availability', 'drain', 'node5'), 'node5\n')
    const listing = () =>
      table(docker('service', 'ps', 'web', '--format', '{{.Name}} {{.Node}} {{.DesiredState}} {{.CurrentState}}'))
    let rows = await listing()
    while (!rows.some(row => /web\.\d node5 Shutdown Shutdown/.test(row))) rows = await listing()
    assert.equal(rows.length, 6)
    assert.deepEqual(await table(docker('service', 'ls', '--filter', 'name=agent', '--format', '{{.Replicas}}')), [
      '4/4',
    ])
    assert.equal((await table(docker('node', 'ps', 'node5', '-q'))).length, 2)
  })

  await context.test('service create, update, scale, rollback and rm, waited for', async () => {
    const create = [
      'service',
      'create',
      '-q',
      '--no-resolve-image',
      '--update-monitor',
      '1s',
      '--name',
      'api',
      'redis:1',
    ]
    await docker(...create)
    assert.match(await docker('service', 'update', '--no-resolve-image', '--image', 'redis:2', 'api'), /^api\n/)
    assert.match(await docker('service', 'scale', 'api=3'), /^api scaled to 3\n/)
    assert.match(await docker('service', 'rollback', 'api'), /^api\n/)
    assert.match(await docker('service', 'inspect', '--pretty', 'api'), /Service Mode:\s+Replicated/)
    assert.equal(await docker('service', 'rm', 'api'), 'api\n')
  })

  await context.test('node promote and demote', async () => {
    assert.match(await docker('node', 'promote', 'node4'), /promoted to a manager/)
    assert.match(await docker('node', 'demote', 'node4'), /demoted in the swarm/)
    assert.match(await docker('node', 'inspect', '--pretty', 'node1'), /Raft Status:\s+Reachable/)
    assert.match(await docker('info'), /Is Manager: true/)
  })
})

async function table(output: Promise<string>): Promise<readonly string[]> {
  const lines = (await output).split('\n')
  return lines.filter(line => line !== '').map(line => line.trimEnd())
}
