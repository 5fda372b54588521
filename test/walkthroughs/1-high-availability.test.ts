import assert from 'node:assert/strict'
import { callSocket } from '../helpers/served-world.ts'
import { becomes, until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'high-availability' }, async (stage, section) => {
  const { docker, refused, nodes, tasks, machine, rows, socketOf } = stage
  const ofSlot = (row: string, slot: number) => row.includes(`ping.${slot} `)

  await section('the start: a leader, two workers, and ping on all of them', async () => {
    assert.deepEqual(await nodes('aws-node1'), [
      'aws-node1 * Ready Active Leader',
      'aws-node2 Ready Active',
      'aws-node3 Ready Active',
    ])
    assert.deepEqual(await tasks('aws-node1', 'ping'), [
      'ping.1 aws-node2 Running Running',
      'ping.2 aws-node3 Running Running',
      'ping.3 aws-node1 Running Running',
      'ping.4 aws-node2 Running Running',
    ])
  })

  await section('1.1 promote a worker', async () => {
    assert.equal(
      await docker('aws-node1', 'node promote aws-node2'),
      'Node aws-node2 promoted to a manager in the swarm.\n',
    )
    await becomes(
      () => nodes('aws-node1'),
      ['aws-node1 * Ready Active Leader', 'aws-node2 Ready Active Reachable', 'aws-node3 Ready Active'],
    )
    assert.match(await docker('aws-node1', 'node inspect --pretty aws-node2'), managerStatus('10.0.1.2', 'No'))
    assert.match(await docker('aws-node1', 'node inspect --pretty aws-node1'), managerStatus('10.0.1.1', 'Yes'))
    const addresses = /Manager Addresses:\n +10\.0\.1\.1:2377\n +10\.0\.1\.2:2377\n/
    const ofManager = await docker('aws-node1', 'info')
    assert.match(ofManager, /Is Manager: true\n[\s\S]* Managers: 2\n +Nodes: 3\n/)
    assert.match(ofManager, addresses)
    const ofWorker = await until(
      () => docker('aws-node3', 'info'),
      info => addresses.test(info),
    )
    assert.match(ofWorker, /Is Manager: false\n/)
    assert.doesNotMatch(ofWorker, /Managers:|Nodes:/)
  })

  await section('1.2 kill the leader of two managers: nobody answers and nothing moves until it is back', async () => {
    const ids = await idsOf()
    await machine('stop', 'aws-node1')
    await losesQuorum()
    assert.deepEqual(
      await rows('aws-node2', 'ps', 'IMAGE', 'COMMAND'),
      Array(2).fill('alpine:latest "ping docker.com"'),
    )
    assert.deepEqual(await callSocket(socketOf('aws-node2'), 'GET', '/_ping'), { status: 200, body: 'OK' })
    assert.match(await refused('aws-node1', 'node ls'), /Cannot connect to the Docker daemon/)

    await machine('start', 'aws-node1')
    await becomes(
      () => nodes('aws-node1'),
      ['aws-node1 * Ready Active Reachable', 'aws-node2 Ready Active Leader', 'aws-node3 Ready Active'],
    )
    assert.deepEqual(await nodes('aws-node2'), [
      'aws-node1 Ready Active Reachable',
      'aws-node2 * Ready Active Leader',
      'aws-node3 Ready Active',
    ])
    await becomes(
      () => tasks('aws-node1', 'ping'),
      [
        'ping.1 aws-node2 Running Running',
        'ping.2 aws-node3 Running Running',
        'ping.3 aws-node1 Running Running',
        ' \\_ ping.3 aws-node1 Shutdown Failed "No such container: ping.3.<id>…"',
        'ping.4 aws-node2 Running Running',
      ],
    )
    const untouched = (await idsOf()).filter(id => ids.includes(id))
    assert.deepEqual(untouched, ids, 'slots 1, 2 and 4 keep their tasks, slot 3 its old one as history')
  })

  await section('1.3 kill the other manager: the leader stays, and slot 3 has one more failure', async () => {
    await machine('stop', 'aws-node1')
    await losesQuorum()
    await machine('start', 'aws-node1')
    await becomes(
      () => nodes('aws-node2'),
      ['aws-node1 Ready Active Reachable', 'aws-node2 * Ready Active Leader', 'aws-node3 Ready Active'],
    )
    const failed = ' \\_ ping.3 aws-node1 Shutdown Failed "No such container: ping.3.<id>…"'
    await becomes(
      async () => (await tasks('aws-node2', 'ping')).filter(row => ofSlot(row, 3)),
      ['ping.3 aws-node1 Running Running', failed, failed],
    )
  })

  await section('1.4 three managers, and three replicas: one task a node', async () => {
    await docker('aws-node1', 'node promote aws-node3')
    await becomes(
      () => nodes('aws-node1'),
      ['aws-node1 * Ready Active Reachable', 'aws-node2 Ready Active Leader', 'aws-node3 Ready Active Reachable'],
    )
    assert.equal(await docker('aws-node1', 'service rm ping'), 'ping\n')
    await docker('aws-node1', 'service create --detach --name ping --replicas 3 alpine ping docker.com')
    const running = await until(() => tasks('aws-node1', 'ping'), isConverged(3))
    assert.deepEqual(nodesOf(running), ['aws-node1', 'aws-node2', 'aws-node3'])
  })

  await section('1.5 kill the leader of three managers: the others go on, and it comes back to nothing', async () => {
    const slot = slotOn('aws-node2', await tasks('aws-node1', 'ping'))
    await machine('stop', 'aws-node2')
    await until(
      () => nodes('aws-node1'),
      rows => rows.includes('aws-node2 Down Active Unreachable'),
    )
    const survivors = await nodes('aws-node1')
    assert.deepEqual(survivors.map(row => row.split(' ').at(-1)).toSorted(), ['Leader', 'Reachable', 'Unreachable'])
    const moved = await until(() => tasks('aws-node1', 'ping'), isConverged(3))
    const [fresh, old] = moved.filter(row => ofSlot(row, slot))
    assert.match(fresh ?? '', /^ping\.\d aws-node[13] Running Running$/)
    assert.equal(old, ` \\_ ping.${slot} aws-node2 Shutdown Running`)
    assert.equal(moved.length, 4)

    const [leader] = survivors.filter(row => row.endsWith('Leader'))
    await machine('start', 'aws-node2')
    await until(
      () => nodes('aws-node1'),
      rows => rows.includes('aws-node2 Ready Active Reachable'),
    )
    assert.ok((await nodes('aws-node1')).includes(leader ?? ''), 'who leads goes on')
    await until(
      () => tasks('aws-node1', 'ping'),
      rows => rows.includes(` \\_ ping.${slot} aws-node2 Shutdown Shutdown`),
    )
    const carriers = nodesOf((await tasks('aws-node1', 'ping')).filter(row => row.startsWith('ping')))
    assert.deepEqual([carriers.length, new Set(carriers).size, carriers.includes('aws-node2')], [3, 2, false])
  })

  await section('1.6 force update to rebalance', async () => {
    const id = await docker(
      'aws-node1',
      'service create -q --update-monitor 1s --name ping2 --replicas 3 alpine ping docker.com',
    )
    assert.match(id, /^[0-9a-z]{25}\n$/)
    assert.deepEqual(nodesOf(await tasks('aws-node1', 'ping2')), ['aws-node1', 'aws-node2', 'aws-node3'])

    const before = await idsOf('--filter desired-state=running ')
    const printed = await docker('aws-node1', 'service update --force ping')
    assert.match(printed, /^ping\n/)
    for (const line of ['overall progress: 3 out of 3 tasks', /^[123]\/3: /m, /^verify: Service (ping )?converged$/m]) {
      assert.match(printed, typeof line === 'string' ? new RegExp(`^${line}`, 'm') : line)
    }
    const rows = await tasks('aws-node1', 'ping')
    const running = rows.filter(row => row.startsWith('ping'))
    assert.ok(isConverged(3)(running))
    assert.deepEqual(nodesOf(running), ['aws-node1', 'aws-node2', 'aws-node3'])
    const kept = (await idsOf('--filter desired-state=running ')).filter(task => before.includes(task))
    assert.deepEqual(kept, [], 'every slot has a new task')
    const history = rows.filter(row => row.startsWith(' \\_ ping.'))
    assert.deepEqual([history.length, history.every(row => row.endsWith(' Shutdown Shutdown'))], [4, true])
  })

  async function losesQuorum(): Promise<void> {
    await until(() => refused('aws-node2', 'node ls'), isWithoutLeader)
    assert.ok(isWithoutLeader(await refused('aws-node2', 'service ls')))
  }

  /** Of the tasks that `service ps` lists on a manager that leads or follows. */
  async function idsOf(filter = ''): Promise<readonly string[]> {
    return (await docker('aws-node2', `service ps -q ${filter}ping`)).trimEnd().split('\n')
  }
})

const isWithoutLeader = (text: string): boolean => /context deadline exceeded|does not have a leader/.test(text)

function managerStatus(address: string, isLeader: 'Yes' | 'No'): RegExp {
  return new RegExp(
    `Manager Status:\n Address:\\t+${address}:2377\n Raft Status:\\t+Reachable\n Leader:\\t+${isLeader}\n`,
  )
}

const isConverged = (replicas: number) => (rows: readonly string[]) =>
  rows.filter(row => /^\S+ \S+ Running Running$/.test(row)).length === replicas

/** Where the tasks are, by name. */
function nodesOf(rows: readonly string[]): readonly string[] {
  return rows.map(row => row.split(' ')[1] ?? '').toSorted()
}

function slotOn(node: string, rows: readonly string[]): number {
  return Number(rows.find(row => row.includes(` ${node} `))?.match(/\.(\d+) /)?.[1])
}
