import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { walkthrough } from './walkthrough.ts'

const COMPOSE = `
version: "3.7"
services:
  api:
    image: api:latest
    container_name: api
    ports: ["80:80", "443:443"]
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost/health"]
      interval: 1m30s
      timeout: 10s
      retries: 3
      start_period: 40s
    deploy:
      mode: replicated
      replicas: 10
`

walkthrough({ scenario: 'one-machine' }, async (stage, section) => {
  const { docker, say, tasks, rows, clock, stepUntil, simulation, directory } = stage
  const server = (words: string) => docker('server-01', words)
  const services = () => rows('server-01', 'service ls', 'NAME', 'MODE', 'REPLICAS', 'IMAGE', 'PORTS')
  const replicas = () => tasks('server-01', 'swarm_api')

  await section('init, create with a port, and scale to three', async () => {
    assert.match(await server('swarm init'), /^Swarm initialized: /)
    await clock({ isPaused: true })
    await server('service create --detach --name api -p 80:80 api:latest')
    await stepUntil(500, () => tasks('server-01', 'api'), areRunning(1))
    assert.deepEqual(await services(), ['api replicated 1/1 api:latest *:80->80/tcp'])
    assert.equal(await server('service scale --detach api=3'), 'api scaled to 3\n')
    const starting = await stepUntil(
      100,
      () => tasks('server-01', 'api'),
      rows => rows.some(isPreparing),
    )
    assert.deepEqual(starting, [
      'api.1 server-01 Running Running',
      'api.2 server-01 Running Preparing',
      'api.3 server-01 Running Preparing',
    ])
    await stepUntil(500, () => tasks('server-01', 'api'), areRunning(3))
  })

  await section('deploy a stack of ten replicas with a health check', async () => {
    await writeFile(join(directory, 'docker-compose.yml'), COMPOSE)
    await server('service rm api')
    await clock({ stepMs: 10_000 })
    const deployed = await deploy()
    assert.match(
      deployed.err,
      /^Ignoring deprecated options:\n\ncontainer_name: Setting the container name is not supported\./,
    )
    assert.match(deployed.out, /Creating network swarm_default\n[\s\S]*Creating service swarm_api\n/)
    assert.deepEqual(await rows('server-01', 'stack ls', 'NAME', 'SERVICES'), ['swarm 1'])
    const starting = await stepUntil(100, replicas, rows => rows.filter(isStarting).length === 10)
    assert.equal(starting.length, 10, 'a task is Starting until it is healthy')
    await stepUntil(5_000, replicas, areRunning(10))
    assert.deepEqual(await rows('server-01', 'stack services swarm', 'NAME', 'MODE', 'REPLICAS', 'IMAGE', 'PORTS'), [
      'swarm_api replicated 10/10 api:latest *:80->80/tcp, *:443->443/tcp',
    ])
    const listed = await rows('server-01', 'stack ps swarm', 'NAME', 'NODE', 'DESIRED STATE')
    assert.deepEqual(
      listed.toSorted(),
      Array.from({ length: 10 }, (_, slot) => `swarm_api.${slot + 1} server-01 Running`).toSorted(),
    )
    assert.match((await rows('server-01', 'ps', 'STATUS'))[0] ?? '', /^Up .* \(healthy\)$/)
  })

  await section(
    'deploy a new image: container by container, old and new side by side, and none of the load is lost',
    async () => {
      await writeFile(join(directory, 'docker-compose.yml'), COMPOSE.replace('api:latest', 'api:2'))
      const before = await load()
      assert.match((await deploy()).out, /^Updating service swarm_api \(id: [0-9a-z]{25}\)\n$/m)
      await stepUntil(1_000, replicas, rows => rows.filter(isStarting).length === 1)
      const halfway = await stepUntil(2_000, images, rows => rows.filter(row => row === 'api:2 Running').length === 5)
      assert.equal(halfway.filter(row => /^api:(2|latest) (Starting|Running)$/.test(row)).length >= 9, true)
      assert.ok(halfway.filter(row => row === 'api:latest Running').length >= 4)
      await stepUntil(15_000, status, text => /State:\s+completed/.test(text))
      assert.equal((await images()).filter(row => row === 'api:2 Running').length, 10)
      const after = await load()
      assert.equal(after.failures - before.failures, 0)
      assert.ok(after.requests > before.requests + 100_000)
    },
  )

  await section('of one replica a stop-first update fails requests, a start-first one none', async () => {
    await server('service scale --detach swarm_api=1')
    await clock({ stepMs: 30_000 })
    const [stopFirst, startFirst] = [await failuresDuring('stop-first'), await failuresDuring('start-first')]
    assert.ok(stopFirst > 1_000, `${stopFirst} requests failed while nobody answered`)
    assert.equal(startFirst, 0)
  })

  await section('remove the stack', async () => {
    const removed = await server('stack rm swarm')
    assert.match(removed, /^Removing service swarm_api\nRemoving network swarm_default\n$/)
    await clock({ stepMs: 30_000 })
    assert.deepEqual(await rows('server-01', 'stack ls', 'NAME'), [])
    assert.deepEqual(await services(), [])
    const gone = await say('server-01', 'stack ps swarm')
    assert.deepEqual([gone.code, gone.err], [1, 'nothing found in stack: swarm\n'])
  })

  async function deploy() {
    const { code, out, err } = await say('server-01', 'stack deploy -c docker-compose.yml --with-registry-auth swarm')
    assert.equal(code, 0, err)
    return { out, err }
  }

  async function failuresDuring(order: string): Promise<number> {
    const { failures } = await load()
    await server(`service update --detach --update-order ${order} --force swarm_api`)
    await stepUntil(5_000, status, text => /State:\s+completed/.test(text))
    return (await load()).failures - failures
  }

  function status(): Promise<string> {
    return server('service inspect --pretty swarm_api')
  }

  async function images(): Promise<readonly string[]> {
    const printed = await rows('server-01', 'service ps swarm_api', 'IMAGE', 'CURRENT STATE')
    return printed.map(row => row.split(' ').slice(0, 2).join(' '))
  }

  /** On the stack's service, from outside. */
  async function load() {
    const found = (await simulation()).load.find(({ service }) => service === 'swarm_api')
    return found ?? { requests: 0, failures: 0 }
  }
})

const isPreparing = (row: string): boolean => row.endsWith(' Running Preparing')
const isStarting = (row: string): boolean => row.endsWith(' Running Starting')
const areRunning = (replicas: number) => (rows: readonly string[]) =>
  rows.filter(row => row.endsWith(' Running Running')).length === replicas
