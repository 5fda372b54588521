import assert from 'node:assert/strict'
import { isDrawnAsOld, row } from '../helpers/dashboard-screen.ts'
import { openDashboard } from './dashboard.ts'
import { until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'maintenance', clis: 'newest' }, async (stage, section, t) => {
  const { docker, nodes, rows, tasks, simulation } = stage
  const managers = ['node1', 'node2', 'node3', 'node5']
  const { terminal, shows, onNode, agree, agreeByName, overview } = openDashboard(t, stage, ...managers)

  await section('2.1 d drains two nodes, and the screen follows until their tasks are elsewhere', async () => {
    await shows('● live', '● node1 leader', '3 of 3 managers', row('web', 'replicated', '5/5'))
    for (const name of ['node5', 'node3']) {
      await onNode(name, 'd')
      await agree(`Drain ${name}?`, `docker node update --availability drain ${name}`)
      await shows(`drain ${name}: `)
    }
    overview()
    await shows(
      row('node5', 'Ready', 'Drain', '0 '),
      row('node3', 'Ready', 'Drain', 'Reachable', '0 '),
      row('web', 'replicated', '5/5'),
      '3 of 3 managers',
    )
  })

  await section('2.2 docker has the leader leave; a, p and m put another in its place', async () => {
    await docker('node1', 'swarm leave --force')
    await shows('● live', row('node1', 'Down', 'Active', 'Unreachable'), /leader node1 → node[23]/, '2 of 3 managers')
    await onNode('node5', 'a')
    await agree('Activate node5?')
    await shows('activate node5: ')
    await onNode('node5', 'p')
    await agree('Promote node5 to manager?')
    overview()
    await shows(row('node5', 'Ready', 'Active', 'Reachable'), '3 of 4 managers', /● node[23] leader/)
    await onNode('node1', 'm')
    await agree('Demote node1 to worker?', 'docker node demote node1')
    overview()
    await shows('3 of 3 managers · majority 2 · can lose 1')
    await onNode('node1', 'ctrl+d')
    await agreeByName('node1', 'Remove node1 from the swarm?', 'docker node rm node1')
    overview()
    await shows(screen => !row('node1', 'Down').test(screen), 'Nodes 4')
    assert.deepEqual(
      (await nodes('node2')).map(line => line.split(' ')[0]),
      ['node2', 'node3', 'node4', 'node5'],
    )
  })

  await section('2.3 K on every manager: the last reading stays, the worker runs on; S brings them back', async () => {
    await onNode('node2', 'K')
    overview()
    await shows('● live', '2 of 3 managers', /● node\d leader/)
    await onNode('node3', 'K')
    await agree('This loses the quorum')
    await shows('machine node3 killed')
    const before = await rows('node4', 'ps', 'NAMES')
    // Nothing is left to be lost by the last one, and nothing is asked.
    await onNode('node5', 'K')
    await shows('machine node5 killed')
    overview()
    await shows(/last reading \d+ s old/, row('node4', 'Ready', 'Active'), row('web', 'replicated', '\\d+/5'))
    assert.ok(isDrawnAsOld(terminal, 'node4'), 'drawn as old')
    const running = await rows('node4', 'ps', 'NAMES')
    assert.deepEqual(running, before)
    const [doomed = ''] = running
    await docker('node4', `kill ${doomed}`)
    for (const name of ['node2', 'node3', 'node5']) {
      await onNode(name, 'S')
      await shows(`machine ${name} started`)
    }
    overview()
    await shows('● live', '3 of 3 managers', row('web', 'replicated', '5/5'), row('ping', 'replicated', '5/5'))
    const [service = ''] = doomed.split('.')
    await until(
      () => tasks('node2', service),
      all => all.some(line => / node4 .* Failed .*\(137\)/.test(line)),
    )
  })

  await section(
    '2.4 K on the leader and another: the card forces a new cluster and ticks off what remains',
    async () => {
      const screen = await shows(/● node\d leader/)
      const [, leader = ''] = /● (node\d) leader/.exec(screen) ?? []
      const [survivor = '', other = ''] = ['node2', 'node3', 'node5'].filter(name => name !== leader)
      await onNode(other, 'K')
      overview()
      await shows('● live', '2 of 3 managers', `● ${leader} leader`)
      await onNode(leader, 'K')
      await agree('This loses the quorum')
      const { address } = (await simulation()).machines.find(({ name }) => name === survivor) ?? {}
      const command = `docker swarm init --force-new-cluster --advertise-addr ${address}`
      await shows('No quorum for', `On ${survivor}, and there only`, command, `start ${leader}`, `start ${other}`)
      for (const choice of [`› start ${leader}`, `› start ${other}`].toSorted()) {
        await shows(choice)
        terminal.press('down')
      }
      await shows(`› force a new cluster on ${survivor}`)
      terminal.press('enter')
      await agreeByName(survivor, `Force a new cluster on ${survivor}?`, command)
      await shows(
        '● live',
        `After the new cluster on ${survivor}`,
        `[x] ${survivor} leads`,
        `[ ] ${leader} is Down`,
        `[ ] ${other} is Down`,
        '[ ] 1 manager',
      )
      // node3 has been drained since 2.1, and may be the one that is left.
      const availability = survivor === 'node3' ? 'Drain' : 'Active'
      assert.deepEqual((await nodes(survivor)).filter(isManager), [`${survivor} * Ready ${availability} Leader`])

      // Enter leads to the node that the line is about.
      const [gone = '', back = ''] = [leader, other].toSorted()
      await shows(`› [ ] ${gone} is Down`)
      terminal.press('enter')
      await shows(`Node ${gone}`, '3 steps left after the new cluster')
      terminal.press('ctrl+d')
      await agreeByName(gone, `Remove ${gone} from the swarm?`)
      await onNode(back, 'S')
      await shows(`machine ${back} started`)
      await onNode('node4', 'p')
      await agree('Promote node4 to manager?')
      terminal.press(':')
      terminal.type('recovery')
      terminal.press('enter')
      await shows(`[x] ${gone} is removed`)
      overview()
      await shows(
        row('node4', 'Ready', 'Active', 'Reachable'),
        row(back, 'Ready', 'Active', 'Reachable'),
        '3 of 3 managers · majority 2 · can lose 1',
        `what the new cluster on ${survivor} had lost is made good`,
        screen => !screen.includes('After the new cluster'),
      )
      assert.equal((await nodes(survivor)).filter(isManager).length, 3)
    },
  )

  await section('2.5 B spreads the services over a node that has come', async () => {
    const { machines } = await simulation()
    const survivor = machines.find(({ name, power, role }) => power === 'on' && role === 'manager' && name !== 'node4')
    const there = survivor?.name ?? ''
    const token = (await docker(there, 'swarm join-token -q worker')).trim()
    await docker('node1', `swarm join --token ${token} ${survivor?.address}:2377`)
    await shows(row('node1', 'Ready', 'Active', '0 '))
    terminal.press('B')
    const planned = await shows('Rebalance 2', /force update .*: (5|10) restarts/)
    const chosen = ['ping', 'web'].filter(name => new RegExp(`\\+${name} `).test(planned))
    terminal.press('enter')
    await agree(/Rebalance .*\?/, ...chosen.map(name => `docker service update --force ${name}`))
    await shows(/rebalance .*: done in /, 'no force update is needed')
    for (const name of chosen) {
      const running = (await tasks(there, name)).filter(line => line.endsWith(' Running Running'))
      assert.deepEqual([running.length, running.some(line => line.includes(' node1 '))], [5, true])
    }
  })
})

const isManager = (line: string): boolean => /(Leader|Reachable|Unreachable)$/.test(line)
