import assert from 'node:assert/strict'
import { join } from 'node:path'
import { becomes, type Stage, until } from './stage.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: join(import.meta.dirname, 'five-machines.yaml') }, async ({ docker, nodes }, section) => {
  await section('the start: init on node1, two join as managers and two as workers', async () => {
    const made = await docker('node1', 'swarm init --advertise-addr 10.0.1.1')
    assert.match(made, /^Swarm initialized: current node \([0-9a-z]{25}\) is now a manager\.\n/)
    const join = / {4}docker swarm join --token (SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}) 10\.0\.1\.1:2377\n/
    for (const [role, machines] of [
      ['manager', ['node2', 'node3']],
      ['worker', ['node4', 'node5']],
    ] as const) {
      const command = await docker('node1', `swarm join-token ${role}`)
      assert.match(command, new RegExp(`^To add a ${role} to this swarm, run the following command:\n\n${join.source}`))
      const [, token] = join.exec(command) ?? []
      for (const name of machines) {
        const joined = await docker(name, `swarm join --token ${token} 10.0.1.1:2377`)
        assert.equal(joined, `This node joined a swarm as a ${role}.\n`)
      }
    }
    await becomes(
      () => nodes('node1'),
      [
        'node1 * Ready Active Leader',
        'node2 Ready Active Reachable',
        'node3 Ready Active Reachable',
        'node4 Ready Active',
        'node5 Ready Active',
      ],
    )
  })
})

walkthrough({ scenario: 'maintenance' }, async (stage, section) => {
  const { docker, refused, nodes, tasks, machine, rows, simulation } = stage

  await section('2.1 drain two nodes, a manager among them', async () => {
    assert.equal(await docker('node1', 'node update --availability drain node5'), 'node5\n')
    assert.equal(await docker('node1', 'node update --availability drain node3'), 'node3\n')
    assert.deepEqual(await nodes('node1'), [
      'node1 * Ready Active Leader',
      'node2 Ready Active Reachable',
      'node3 Ready Drain Reachable',
      'node4 Ready Active',
      'node5 Ready Drain',
    ])
    for (const service of ['web', 'ping']) {
      const running = await until(
        () => runningOn(stage, 'node1', service),
        names => names.length === 5,
      )
      assert.deepEqual([...new Set(running)], ['node1', 'node2', 'node4'])
    }
  })

  await section('2.2 the leader leaves, a worker takes its place, and the list is cleaned', async () => {
    assert.match(await refused('node1', 'swarm leave'), /participating as a manager\..* Use `--force` to suppress/)
    assert.equal(await docker('node1', 'swarm leave --force'), 'Node left the swarm.\n')
    const left = await until(
      () => nodes('node2'),
      rows => rows.some(isLeader) && rows.slice(1).every(isReady),
    )
    await until(
      () => nodes('node2'),
      rows => rows.includes('node1 Down Active Unreachable'),
    )
    assert.equal(left.length, 5, 'who has left is still listed')
    assert.match(await refused('node1', 'node ls'), /This node is not a swarm manager\. Use "docker swarm init"/)

    assert.equal(await docker('node2', 'node update --availability active node5'), 'node5\n')
    assert.equal(await docker('node2', 'node promote node5'), 'Node node5 promoted to a manager in the swarm.\n')
    await until(
      () => nodes('node2'),
      rows => rows.includes('node5 Ready Active Reachable'),
    )
    assert.deepEqual((await nodes('node2')).map(withoutLeader), [
      'node1 Down Active Unreachable',
      'node2 * Ready Active manager',
      'node3 Ready Drain manager',
      'node4 Ready Active',
      'node5 Ready Active manager',
    ])

    assert.match(await refused('node2', 'node rm node1'), /It must be demoted to worker before removal/)
    assert.equal(await docker('node2', 'node demote node1'), 'Manager node1 demoted in the swarm.\n')
    assert.equal(await docker('node2', 'node rm node1'), 'node1\n')
    assert.deepEqual((await nodes('node2')).map(withoutLeader), [
      'node2 * Ready Active manager',
      'node3 Ready Drain manager',
      'node4 Ready Active',
      'node5 Ready Active manager',
    ])
    for (const service of ['web', 'ping']) {
      await until(
        () => runningOn(stage, 'node2', service),
        names => names.length === 5 && !names.includes('node1'),
      )
    }
  })

  await section(
    '2.3 every manager is gone: the worker serves on, and what dies there is replaced afterwards',
    async () => {
      for (const name of ['node2', 'node3', 'node5']) await machine('kill', name)
      const [doomed, ...others] = await containers('node4', 'web')
      assert.ok(doomed !== undefined && others.length > 0, 'the worker goes on')
      assert.equal(await docker('node4', `kill ${doomed}`), `${doomed}\n`)
      await becomes(() => containers('node4', 'web'), others)
      const before = await served()
      const after = await until(served, ({ succeeded }) => succeeded > before.succeeded)
      assert.ok(after.requests > before.requests)
      assert.deepEqual(await containers('node4', 'web'), others, 'nobody replaces the task')

      for (const name of ['node2', 'node3', 'node5']) await machine('start', name)
      await until(
        () => nodes('node2'),
        rows => rows.some(isLeader) && rows.every(isReady),
      )
      for (const service of ['web', 'ping']) {
        await until(
          () => runningOn(stage, 'node2', service),
          names => names.length === 5,
        )
      }
      const web = await tasks('node2', 'web')
      assert.ok(web.includes(' \\_ web.N node4 Shutdown Failed "task: non-zero exit (137)"'.replace('N', slotOf(web))))
    },
  )

  await section(
    '2.4 all managers but one are gone, and that one was not the leader: a new cluster is forced',
    async () => {
      const leader = (await nodes('node2')).find(isLeader)?.split(' ')[0] ?? ''
      const [survivor = '', other = ''] = ['node2', 'node3', 'node5'].filter(name => name !== leader)
      const services = await rows(survivor, 'service ls', 'ID', 'NAME', 'IMAGE')
      await machine('poweroff', leader)
      await machine('poweroff', other)
      await until(() => refused(survivor, 'node ls'), isWithoutLeader)
      assert.match(await refused(survivor, 'swarm init --advertise-addr eth0'), /already part of a swarm/)

      const { address } = (await simulation()).machines.find(({ name }) => name === survivor) ?? {}
      const forced = await docker(survivor, `swarm init --force-new-cluster --advertise-addr ${address}`)
      assert.match(forced, /^Swarm initialized: current node \([0-9a-z]{25}\) is now a manager\.\n/)
      const listed = await until(
        () => nodes(survivor),
        rows => rows.some(row => row.startsWith(`${leader} Down `)),
      )
      assert.deepEqual(
        listed.map(row => row.split(' ')[0]),
        ['node2', 'node3', 'node4', 'node5'],
      )
      assert.deepEqual(
        listed.filter(isManager),
        listed.filter(row => row.startsWith(survivor) && isLeader(row)),
      )
      assert.match(await docker(survivor, 'info'), / Managers: 1\n +Nodes: 4\n/)
      assert.deepEqual(await rows(survivor, 'service ls', 'ID', 'NAME', 'IMAGE'), services)
      for (const service of ['web', 'ping']) {
        await until(
          () => runningOn(stage, survivor, service),
          names => names.length === 5 && !names.includes(leader),
        )
      }

      assert.equal(await docker(survivor, 'node promote node4'), 'Node node4 promoted to a manager in the swarm.\n')
      await until(
        () => nodes(survivor),
        rows => rows.includes('node4 Ready Active Reachable'),
      )
    },
  )

  await section('2.5 rebalance: who joins gets nothing by itself, a force update gives it its share', async () => {
    const survivor = (await simulation()).machines.find(
      ({ name, power, role }) => power === 'on' && role === 'manager' && name !== 'node4',
    )
    const there = survivor?.name ?? ''
    await docker(there, 'node update --availability active node3')
    const token = (await docker(there, 'swarm join-token -q worker')).trim()
    assert.equal(
      await docker('node1', `swarm join --token ${token} ${survivor?.address}:2377`),
      'This node joined a swarm as a worker.\n',
    )
    await until(
      () => nodes(there),
      rows => rows.includes('node1 Ready Active'),
    )
    const before = await runningOn(stage, there, 'ping')
    assert.deepEqual([before.length, before.includes('node1')], [5, false])
    await docker(there, 'service update --force --detach ping')
    const after = await until(
      () => runningOn(stage, there, 'ping'),
      names => names.length === 5 && names.includes('node1'),
    )
    await until(
      () => docker(there, 'service inspect --pretty ping'),
      text => /State:\s+completed/.test(text),
    )
    assert.deepEqual(after.length, 5)
  })

  /** Container IDs of a service's tasks that run on a machine, in the order of `docker ps`. */
  async function containers(name: string, service: string): Promise<readonly string[]> {
    return (await docker(name, `ps -q --filter name=${service}.`)).split('\n').filter(id => id !== '')
  }

  async function served() {
    const { load } = await simulation()
    const { requests = 0, failures = 0 } = load.find(({ service }) => service === 'web') ?? {}
    return { requests, succeeded: requests - failures }
  }
})

/** Names of the nodes where tasks of a service run and are meant to, one for each. */
async function runningOn({ tasks }: Stage, machine: string, service: string): Promise<readonly string[]> {
  const running = (await tasks(machine, service)).map(row => / ?(\S+) Running Running$/.exec(row)?.[1])
  return running.filter(name => name !== undefined).toSorted()
}

/** The slot whose task was killed by hand. */
function slotOf(rows: readonly string[]): string {
  return (
    rows
      .map(row => /^ \\_ (web\.\d+) node4 .*\(137\)/.exec(row)?.[1])
      .find(Boolean)
      ?.replace('web.', '') ?? 'none'
  )
}

const isReady = (row: string): boolean => row.includes(' Ready ')
const isLeader = (row: string): boolean => row.endsWith(' Leader')
const isManager = (row: string): boolean => /(Leader|Reachable|Unreachable)$/.test(row)
const withoutLeader = (row: string): string => row.replace(/ (Leader|Reachable)$/, ' manager')
const isWithoutLeader = (text: string): boolean => /context deadline exceeded|does not have a leader/.test(text)
