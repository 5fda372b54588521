import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { servedWorld } from '../../helpers/served-world.ts'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const hasDocker = spawnSync('docker', ['--version']).status === 0
const isRequired = process.env.SWARMTOP_LAB === 'required'

test('the real docker CLI shows containers and logs of a simulation', {
  skip: !hasDocker && !isRequired && 'there is no docker CLI here',
  timeout: 60_000,
}, async context => {
  const log = { everyMs: [1_000, 1_000], lines: ['out {n}', '2> err {n}'] } as const
  const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: { log } } })
  swarm.create(serviceSpec('web', { image: 'image:1', replicas: 'global' }))
  swarm.pass(3_500)
  const { pathOf } = await servedWorld(context, swarm.simulator, 10)
  const [task] = swarm.tasks('web').filter(({ NodeID }) => NodeID === swarm.nodes()[0]?.ID)
  const hostname = swarm.nodes()[0]?.Description?.Hostname ?? ''
  const host = ['-H', `unix://${pathOf('node1')}`]
  const docker = async (...words: readonly string[]) => promisify(execFile)('docker', [...host, ...words])

  await context.test('service logs, by task and by stream', async () => {
    const { stdout, stderr } = await docker('service', 'logs', '--tail', '2', task?.ID ?? '')
    assert.match(stdout + stderr, new RegExp(`^web\\.0\\.${task?.ID?.slice(0, 12)}@${hostname} +\\| out \\d+$`, 'm'))
    assert.match(stderr, / err \d+\n/)
  })

  await context.test('service logs --raw --timestamps, and with --details', async () => {
    const raw = await docker('service', 'logs', '--raw', '-t', '--tail', '1', 'web')
    assert.match(raw.stdout + raw.stderr, /^(\S+Z (out|err) \d+\n){2}$/)
    const details = await docker('service', 'logs', '--details', '--no-trunc', '--no-resolve', '--tail', '1', 'web')
    assert.match(details.stdout + details.stderr, new RegExp(`\\.0\\.${task?.ID}@${task?.NodeID}`))
  })

  await context.test('service logs --follow goes on until it is ended', async () => {
    const follower = spawn('docker', [...host, 'service', 'logs', '--follow', '--tail', '0', '--raw', 'web'])
    const lines: string[] = []
    for (const output of [follower.stdout, follower.stderr]) {
      output.on('data', chunk => lines.push(...`${chunk}`.trim().split('\n')))
    }
    while (lines.length < 6) await once(follower.stdout, 'data')
    follower.kill()
    await once(follower, 'exit')
    while (Object.keys(swarm.simulator.world.logStreams).length > 0) await docker('version')
    assert.ok(lines.every(line => /^(out|err) \d+$/.test(line)))
  })

  await context.test('ps, kill, and what became of the task', async () => {
    const { stdout: name } = await docker('ps', '--format', '{{.Names}}')
    assert.match(name, /^web\.\w{25}\.\w{25}\n$/)
    await docker('kill', name.trim())
    const format = '{{.CurrentState}} {{.Error}}'
    const ended = async () => (await docker('service', 'ps', '--format', format, '--no-trunc', 'web')).stdout
    let listing = await ended()
    while (!listing.includes('Failed')) listing = await ended()
    assert.match(listing, /Failed .* "task: non-zero exit \(137\)"/)
    const { stdout: dead } = await docker('ps', '-a', '--filter', 'status=exited', '--format', '{{.Status}}')
    assert.match(dead, /^Exited \(137\)/)
  })
})
