import assert from 'node:assert/strict'
import { row } from '../helpers/dashboard-screen.ts'
import { openDashboard } from './dashboard.ts'
import { becomes } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'lifecycle', clis: 'newest' }, async (stage, section, t) => {
  const { docker, nodes, rows, tasks, simulation } = stage
  const { terminal, shows, onNode, onService, setOnService, agree, agreeByName, overview } = openDashboard(
    t,
    stage,
    'dev01',
  )
  const services = () => rows('dev01', 'service ls', 'NAME', 'MODE', 'REPLICAS', 'IMAGE')
  const running = async () => (await tasks('dev01', 'ping')).filter(line => line.endsWith(' Running Running'))
  const placed = async () => (await running()).map(line => line.split(' ')[1]).toSorted()

  await section('3.1 docker creates a service, Ctrl+D and its name remove it', async () => {
    await docker('dev01', 'service create --detach --name ping alpine ping docker.com')
    await shows('● live', row('ping', 'replicated', '1/1'))
    await onService('ping', 'ctrl+d')
    await agreeByName('ping', 'Remove the service ping?', 'docker service rm ping')
    await becomes(services, [])
    overview()
    await shows('Services 0')
  })

  await section('3.2 s scales it up to a hundred and down to four', async () => {
    const create = 'service create --detach --name ping --replicas 1 --update-delay 2s --update-monitor 1s alpine'
    await docker('dev01', `${create} ping docker.com`)
    await shows(row('ping', 'replicated', '1/1'))
    for (const [from, to] of [
      [1, 2],
      [2, 100],
      [100, 4],
    ]) {
      await setOnService('ping', 's', String(to), `now ${from}`)
      await agree(`Scale ping to ${to}?`, `docker service scale ping=${to}`)
      await shows(`scale ping to ${to}: `, `replicated ${to}/${to}`)
      await becomes(services, [`ping replicated ${to}/${to} alpine:latest`])
    }
    assert.deepEqual(await placed(), ['dev01', 'dev01', 'dev02', 'dev02'])
  })

  await section('3.3 e changes the image, one slot after the other', async () => {
    await setOnService('ping', 'e', 'alpine:3.7', 'image of ping: ')
    await agree('Change the image of ping?', 'docker service update --no-resolve-image --image alpine:3.7 ping')
    await shows('change image ping: 4 tasks', 'alpine:3.7')
    await becomes(services, ['ping replicated 4/4 alpine:3.7'])
    assert.equal((await tasks('dev01', 'ping')).filter(line => line.startsWith(' \\_')).length >= 4, true)
  })

  await section('3.4 u rolls it back', async () => {
    await onService('ping', 'u')
    await agree('Roll ping back?', 'docker service rollback ping', 'alpine:latest')
    await shows('roll back ping: ')
    await becomes(services, ['ping replicated 4/4 alpine:latest'])
    assert.match(await docker('dev01', 'service inspect --pretty ping'), /State:\s+rollback_completed/)
  })

  await section('3.5 H sets how much history is kept, and f cuts it with the next update', async () => {
    terminal.press('6')
    await shows('Swarm')
    terminal.press('H')
    await shows('Enter goes on')
    terminal.press('ctrl+u')
    terminal.type('2')
    terminal.press('enter')
    await agree('Keep 2 ended tasks in a slot?', 'docker swarm update --task-history-limit 2')
    await shows('set the history limit to 2: ')
    assert.match(await docker('dev01', 'info'), / Task History Retention Limit: 2\n/)
    await onService('ping', 'f')
    await agree('Force update ping?')
    await shows('force update ping: 4 tasks renewed')
    await becomes(async () => (await tasks('dev01', 'ping')).length, 8)
  })

  await section('3.6 d and a: the node comes back empty, and B spreads the service again', async () => {
    await onNode('dev02', 'd')
    await agree('Drain dev02?')
    await shows('drain dev02: ')
    await becomes(placed, ['dev01', 'dev01', 'dev01', 'dev01'])
    await onNode('dev02', 'a')
    await agree('Activate dev02?')
    await shows('activate dev02: ')
    assert.deepEqual(await placed(), ['dev01', 'dev01', 'dev01', 'dev01'], 'nothing moves back')
    terminal.press('B')
    await shows('force update ping: 4 restarts; dev01 carries 4 tasks, dev02 0')
    terminal.press('enter')
    await agree('Rebalance ping?', 'docker service update --force ping')
    await shows('rebalance ping: done in', 'no force update is needed')
    await becomes(placed, ['dev01', 'dev01', 'dev02', 'dev02'])
  })

  await section('later: docker joins a manager, p makes another one', async () => {
    const token = (await docker('dev01', 'swarm join-token -q manager')).trim()
    const [first] = (await simulation()).machines
    await docker('dev03', `swarm join --token ${token} ${first?.address}:2377`)
    await onNode('dev02', 'p')
    await agree('Promote dev02 to manager?', 'docker node promote dev02')
    overview()
    await shows('3 of 3 managers · majority 2 · can lose 1')
    assert.equal((await nodes('dev01')).filter(line => line.endsWith(' Ready Active Reachable')).length, 2)
  })
})
