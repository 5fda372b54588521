import assert from 'node:assert/strict'
import { row } from '../helpers/dashboard-screen.ts'
import { openDashboard } from './dashboard.ts'
import { becomes, until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'first-swarm', clis: 'newest' }, async (stage, section, t) => {
  const { docker, nodes, rows, say, tasks } = stage
  const { shows, onNode, onService, setOnService, agree, agreeByName, overview } = openDashboard(t, stage, 'manager1')
  const redis = async () => (await tasks('manager1', 'redis')).filter(line => line.endsWith(' Running Running'))
  const placed = async () => (await redis()).map(line => line.split(' ')[1]).toSorted()
  const status = () => docker('manager1', 'service inspect --pretty redis')

  await section('docker makes a swarm of three machines, and the dashboard finds it', async () => {
    const made = await docker('manager1', 'swarm init --advertise-addr 192.168.99.100')
    const [, token = ''] = / {4}docker swarm join --token (\S+) 192\.168\.99\.100:2377\n/.exec(made) ?? []
    for (const name of ['worker1', 'worker2']) await docker(name, `swarm join --token ${token} 192.168.99.100:2377`)
    await shows('● live', row('manager1', 'Ready', 'Active', 'Leader'), row('worker2', 'Ready', 'Active'))
  })

  await section('s spreads a service over all nodes, Ctrl+D deletes it', async () => {
    await docker('manager1', 'service create --detach --name helloworld alpine ping docker.com')
    await shows(row('helloworld', 'replicated', '1/1'))
    await setOnService('helloworld', 's', '5', 'now 1')
    await agree('Scale helloworld to 5?')
    await shows('scale helloworld to 5: ')
    await becomes(() => rows('manager1', 'service ls', 'NAME', 'MODE', 'REPLICAS'), ['helloworld replicated 5/5'])
    await onService('helloworld', 'ctrl+d')
    await agreeByName('helloworld', 'Remove the service helloworld?')
    await until(
      () => say('manager1', 'service inspect helloworld'),
      ({ code }) => code === 1,
    )
  })

  await section('e rolls a new image out; one that fails pauses it, U and a mended label go on with it', async () => {
    const pace = '--update-delay 2s --update-monitor 2s'
    await docker('manager1', `service create --detach --replicas 3 --name redis ${pace} redis:3.0.6`)
    overview()
    await shows(row('redis', 'replicated', '3/3'))
    await setOnService('redis', 'e', 'redis:3.0.7', 'image of redis: ')
    await agree('Change the image of redis?')
    await shows('change image redis: ', 'redis:3.0.7')
    assert.equal((await rows('manager1', 'service ls', 'REPLICAS', 'IMAGE'))[0], '3/3 redis:3.0.7')

    await setOnService('redis', 'L', 'swarmtop.sim.exit-after=1s swarmtop.sim.exit-code=1', 'labels of redis')
    await agree('Change the labels of the service redis?')
    await setOnService('redis', 'e', 'redis:broken', 'image of redis: ')
    await agree('Change the image of redis?')
    await shows('change image redis failed: ', 'paused')
    assert.match(await status(), /State:\s+paused\n[\s\S]*update paused due to failure or early termination of task/)
    await onService('redis', 'U')
    await agree('Go on with the update of redis?')
    await shows('resume update redis failed: ')

    await setOnService('redis', 'L', 'swarmtop.sim.exit-after- swarmtop.sim.exit-code-', 'labels of redis')
    await agree('Change the labels of the service redis?')
    await until(status, text => /State:\s+(updating|completed)/.test(text))
    await until(status, text => /State:\s+completed/.test(text))
    await shows('replicated 3/3', 'redis:broken')
  })

  await section('d and a: a drained node gives its tasks away and takes part again in what is new', async () => {
    await onNode('worker1', 'd')
    await agree('Drain worker1?', 'docker node update --availability drain worker1')
    await shows('drain worker1: ')
    await until(placed, names => names.length === 3 && !names.includes('worker1'))
    assert.match(await docker('manager1', 'node inspect --pretty worker1'), / Availability: +\tDrain\n/)
    await onNode('worker1', 'a')
    await agree('Activate worker1?')
    await shows('activate worker1: ')
    assert.match(await docker('manager1', 'node inspect --pretty worker1'), / Availability: +\tActive\n/)
    await setOnService('redis', 's', '4', 'now 3')
    await agree('Scale redis to 4?')
    await shows('scale redis to 4: ')
    await until(placed, names => names.length === 4 && names.includes('worker1'))
    assert.deepEqual((await nodes('manager1')).length, 3)
  })
})
