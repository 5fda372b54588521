import assert from 'node:assert/strict'
import { becomes, until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'first-swarm' }, async (stage, section) => {
  const { docker, refused, nodes, tasks, rows, clock, stepUntil } = stage
  const status = () => docker('manager1', 'service inspect --pretty redis')
  const redis = () => tasks('manager1', 'redis')

  await section('make a swarm of three machines', async () => {
    const made = await docker('manager1', 'swarm init --advertise-addr 192.168.99.100')
    const [, token = ''] = / {4}docker swarm join --token (\S+) 192\.168\.99\.100:2377\n/.exec(made) ?? []
    for (const name of ['worker1', 'worker2']) {
      const joined = await docker(name, `swarm join --token ${token} 192.168.99.100:2377`)
      assert.equal(joined, 'This node joined a swarm as a worker.\n')
    }
    assert.match(await docker('manager1', 'info'), / Swarm: active\n[\s\S]* Managers: 1\n +Nodes: 3\n/)
    await becomes(
      () => nodes('manager1'),
      ['manager1 * Ready Active Leader', 'worker1 Ready Active', 'worker2 Ready Active'],
    )
  })

  await section('deploy a service and inspect it', async () => {
    const id = await docker('manager1', 'service create --detach --name helloworld alpine ping docker.com')
    assert.match(id, /^[0-9a-z]{25}\n$/)
    await becomes(
      () => rows('manager1', 'service ls', 'NAME', 'MODE', 'REPLICAS', 'IMAGE'),
      ['helloworld replicated 1/1 alpine:latest'],
    )
    const [inspected] = JSON.parse(await docker('manager1', 'service inspect helloworld'))
    assert.deepEqual(
      [inspected.ID, inspected.Spec.Name, inspected.Spec.Mode, inspected.Spec.TaskTemplate.ContainerSpec.Args],
      [id.trim(), 'helloworld', { Replicated: { Replicas: 1 } }, ['ping', 'docker.com']],
    )
    const pretty = await docker('manager1', 'service inspect --pretty helloworld')
    assert.match(pretty, /Name:\t+helloworld\nService Mode:\t+Replicated\n Replicas:\t+1\n/)
    const [row = ''] = await tasks('manager1', 'helloworld')
    assert.match(row, /^helloworld\.1 (manager1|worker[12]) Running Running$/)
  })

  await section('scale it over all nodes, and delete it', async () => {
    assert.equal(await docker('manager1', 'service scale --detach helloworld=5'), 'helloworld scaled to 5\n')
    const running = await until(() => tasks('manager1', 'helloworld'), areRunning(5))
    assert.deepEqual(nodesOf(running), ['manager1', 'worker1', 'worker2'])
    assert.equal(await docker('manager1', 'service rm helloworld'), 'helloworld\n')
    const gone = await stage.say('manager1', 'service inspect helloworld')
    assert.deepEqual([gone.code, gone.out], [1, '[]\n'])
    assert.match(gone.err, /no such service: helloworld/i)
  })

  await section('a rolling update with a delay', async () => {
    await clock({ isPaused: true })
    await docker('manager1', 'service create --detach --replicas 3 --name redis --update-delay 10s redis:3.0.6')
    await stepUntil(1_000, redis, areRunning(3))
    assert.match(await status(), /UpdateConfig:\n Parallelism:\t1\n Delay:\t+10s\n/)
    await docker('manager1', 'service update --detach --image redis:3.0.7 redis')
    for (const done of [1, 2, 3]) {
      await stepUntil(500, images, rows => rows.filter(row => row.startsWith('redis:3.0.7 Running')).length === done)
      const seen = await images()
      assert.equal(seen.filter(row => row.startsWith('redis:3.0.6 Running')).length, 3 - done, 'one after the other')
      await clock({ stepMs: 9_000 })
      assert.equal((await images()).filter(row => row.startsWith('redis:3.0.7')).length, done, 'the delay runs')
    }
    await stepUntil(1_000, status, text => /UpdateStatus:\n State:\t+completed\n/.test(text))
  })

  await section('an update that fails is paused, and goes on when it is told to', async () => {
    const broken = '--label-add swarmtop.sim.exit-after=1s --label-add swarmtop.sim.exit-code=1'
    await docker('manager1', `service update --detach ${broken} --image redis:broken redis`)
    const paused = await stepUntil(500, status, text => /UpdateStatus:\n State:\t+paused\n/.test(text))
    const message = /Message:\t+update paused due to failure or early termination of task ([0-9a-z]{25})\n/
    const [, failed] = message.exec(paused) ?? []
    const ids = (await docker('manager1', 'service ps -q --no-trunc redis')).split('\n')
    assert.ok(ids.includes(failed ?? 'none'))
    assert.equal((await images()).filter(row => row.startsWith('redis:3.0.7 Running')).length, 2, 'the rest stays')

    // Before the delay of the slot that failed is over Swarm takes no order for one to go on.
    await clock({ stepMs: 11_000 })
    assert.equal(await docker('manager1', 'service update --detach redis'), 'redis\n')
    await stepUntil(100, status, text => /UpdateStatus:\n State:\t+updating\n/.test(text))
    await stepUntil(1_000, status, text => /UpdateStatus:\n State:\t+paused\n/.test(text))

    const mended = '--label-rm swarmtop.sim.exit-after --label-rm swarmtop.sim.exit-code'
    await clock({ stepMs: 11_000 })
    await docker('manager1', `service update --detach ${mended} --image redis:3.0.7 redis`)
    await stepUntil(1_000, status, text => /UpdateStatus:\n State:\t+completed\n/.test(text))
    await stepUntil(1_000, redis, areRunning(3))
    await clock({ isPaused: false })
  })

  await section('drain a node', async () => {
    await docker('manager1', 'service update --detach --force --update-delay 0s redis')
    await until(status, text => /UpdateStatus:\n State:\t+completed\n/.test(text))
    assert.deepEqual(nodesOf((await redis()).filter(isRunning)), ['manager1', 'worker1', 'worker2'])
    assert.equal(await docker('manager1', 'node update --availability drain worker1'), 'worker1\n')
    assert.match(await docker('manager1', 'node inspect --pretty worker1'), / Availability: +\tDrain\n/)
    const moved = await until(
      redis,
      rows => areRunning(3)(rows) && !nodesOf(rows.filter(isRunning)).includes('worker1'),
    )
    assert.ok(moved.some(row => / \\_ redis\.\d worker1 Shutdown Shutdown$/.test(row)))
  })

  await section('activate it: nothing comes back by itself, but it takes its part in whatever is new', async () => {
    const occasions = {
      'another node is drained': () => docker('manager1', 'node update --availability drain worker2'),
      'the service grows': () => docker('manager1', 'service scale --detach redis=4'),
      'the service is updated': () => docker('manager1', 'service update --detach --force redis'),
      'a task fails on another node': async () => {
        const [container = ''] = (await docker('manager1', 'ps -q --filter name=redis.')).split('\n')
        await docker('manager1', `kill ${container}`)
      },
    }
    for (const [occasion, happens] of Object.entries(occasions)) {
      await docker('manager1', 'node update --availability active worker2')
      await docker('manager1', 'node update --availability drain worker1')
      await until(onWorker1, count => count === 0)
      await docker('manager1', 'node update --availability active worker1')
      assert.match(await docker('manager1', 'node inspect --pretty worker1'), / Availability: +\tActive\n/)
      await clock({ stepMs: 20_000 })
      assert.equal(await onWorker1(), 0, 'nothing moves by itself')
      await happens()
      await until(onWorker1, count => count > 0).catch(error => assert.fail(`when ${occasion}: ${error.message}`))
      await clock({ stepMs: 30_000 })
    }
    assert.match(await refused('worker1', 'node ls'), /Worker nodes can't be used to view or modify cluster state/)
  })

  async function images(): Promise<readonly string[]> {
    return rows('manager1', 'service ps redis', 'IMAGE', 'CURRENT STATE')
  }

  async function onWorker1(): Promise<number> {
    return (await redis()).filter(row => isRunning(row) && row.includes(' worker1 ')).length
  }
})

const isRunning = (row: string): boolean => / Running Running$/.test(row)
const areRunning = (replicas: number) => (rows: readonly string[]) => rows.filter(isRunning).length === replicas

/** The nodes of these rows, each once, by name. */
function nodesOf(rows: readonly string[]): readonly string[] {
  return [...new Set(rows.map(row => row.trim().split(' ')[1] ?? ''))].toSorted()
}
