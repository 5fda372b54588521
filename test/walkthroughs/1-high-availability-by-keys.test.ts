import assert from 'node:assert/strict'
import { isDrawnAsOld, row } from '../helpers/dashboard-screen.ts'
import { openDashboard } from './dashboard.ts'
import { until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'high-availability', clis: 'newest' }, async (stage, section, t) => {
  const { docker, tasks } = stage
  const { terminal, shows, onNode, onService, agree, overview } = openDashboard(
    t,
    stage,
    'aws-node1',
    'aws-node2',
    'aws-node3',
  )
  const failed = row('aws-node1', 'Shutdown', 'Failed .* ago', 'task: non-zero exit \\(255\\)')

  await section('1.1 p promotes a worker', async () => {
    await shows('● live', 'SIMULATION ×20', '● aws-node1 leader', '1 of 1 manager', row('ping', 'replicated', '4/4'))
    await onNode('aws-node2', 'p')
    await agree('Promote aws-node2 to manager?', 'with two managers, losing either one loses the quorum')
    overview()
    await shows(
      row('aws-node1', 'Ready', 'Active', 'Leader'),
      row('aws-node2', 'Ready', 'Active', 'Reachable'),
      '2 of 2 managers · majority 2 · can lose 0',
      'promote aws-node2: ',
    )
  })

  await section('1.2 K on the leader of two loses the quorum, S brings it back', async () => {
    const before = await idsOf()
    await onNode('aws-node1', 'K')
    await agree('This loses the quorum')
    await losesQuorum()
    await shows('● aws-node1 led', row('aws-node1', 'Ready', 'Active', 'Leader'))
    assert.ok(isDrawnAsOld(terminal, 'aws-node3'), 'drawn as old')
    await onNode('aws-node1', 'S')
    overview()
    await shows(
      '● live',
      row('aws-node1', 'Ready', 'Active', 'Reachable'),
      row('aws-node2', 'Ready', 'Active', 'Leader'),
      row('aws-node3', 'Ready', 'Active'),
      '2 of 2 managers',
      screen => !screen.includes('last reading'),
    )
    await onService('ping', 'end')
    await shows(row('ping.3', 'alpine:latest', 'aws-node1', 'Running', 'Running'), failed)
    const after = await idsOf()
    assert.deepEqual([after.length, before.filter(id => !after.includes(id))], [before.length + 1, []])
  })

  await section('1.3 K on the other manager: the leader stays', async () => {
    await onNode('aws-node1', 'K')
    await agree('This loses the quorum')
    await losesQuorum()
    await onNode('aws-node1', 'S')
    overview()
    await shows(
      '● live',
      row('aws-node1', 'Ready', 'Active', 'Reachable'),
      row('aws-node2', 'Ready', 'Active', 'Leader'),
      row('aws-node3', 'Ready', 'Active'),
    )
    await onService('ping', 'end')
    await shows(screen => screen.split('\n').filter(line => failed.test(line)).length === 2)
  })

  await section('1.4 p makes it three managers, docker makes three replicas', async () => {
    await onNode('aws-node3', 'p')
    await agree('Promote aws-node3 to manager?', /managers 2 → 3.*can lose 0 → 1/)
    overview()
    await shows('3 of 3 managers · majority 2 · can lose 1')
    await docker('aws-node1', 'service rm ping')
    await shows(screen => !row('ping', 'replicated').test(screen))
    await docker('aws-node1', 'service create --detach --name ping --replicas 3 alpine ping docker.com')
    await shows(...['aws-node1', 'aws-node2', 'aws-node3'].map(name => row(name, 'Ready', 'Active', '\\w+', '1 ')))
  })

  await section('1.5 K on the leader of three: another leads, and its slot is filled elsewhere', async () => {
    await onNode('aws-node2', 'K')
    overview()
    await shows(
      row('aws-node2', 'Down', 'Active', 'Unreachable'),
      /○ aws-node2 unreachable/,
      '2 of 3 managers',
      'can lose 0',
    )
    await shows(/leader aws-node2 → aws-node[13]/, /● aws-node[13] leader/)
    await onService('ping', 'end')
    await shows(/ \\_ ping\.\d +alpine:latest +aws-node2 \S* +Shutdown +Running/)
    await until(
      () => tasks('aws-node1', 'ping'),
      rows => rows.filter(line => line.endsWith(' Running Running')).length === 3,
    )
    await onNode('aws-node2', 'S')
    overview()
    await shows(
      row('aws-node2', 'Ready', 'Active', 'Reachable', '0 '),
      /● aws-node2 reachable/,
      '3 of 3 managers · majority 2 · can lose 1',
    )
    await shows(screen => /aws-node[13] .* (Leader|Reachable) +2 /.test(screen))
  })

  await section('1.6 f renews every slot, and the three nodes carry one each', async () => {
    await docker('aws-node1', 'service create --detach --name ping2 --replicas 3 alpine ping docker.com')
    await shows(row('ping2', 'replicated', '3/3'))
    const before = await idsOf('--filter desired-state=running ')
    await onService('ping', 'f')
    await agree('Force update ping?', 'docker service update')
    await shows('force update ping: 3 tasks renewed', 'replicated 3/3')
    const after = await idsOf('--filter desired-state=running ')
    assert.deepEqual([after.length, after.filter(id => before.includes(id))], [3, []])
    const nodes = (await tasks('aws-node1', 'ping')).filter(line => line.endsWith(' Running Running'))
    assert.deepEqual(nodes.map(line => line.split(' ')[1]).toSorted(), ['aws-node1', 'aws-node2', 'aws-node3'])
  })

  async function losesQuorum(): Promise<void> {
    await shows('no quorum', 'docker swarm init --force-new-cluster', 'Esc closes this card')
    terminal.press('esc')
    overview()
    await shows('quorum lost · majority 2 of 2 managers', /last reading \d+ s old/)
  }

  async function idsOf(filter = ''): Promise<readonly string[]> {
    return (await docker('aws-node2', `service ps -q ${filter}ping`)).trimEnd().split('\n')
  }
})
