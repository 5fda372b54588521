import assert from 'node:assert/strict'
import { until } from './stage.ts'
import { readTable } from './table.ts'
import { walkthrough } from './walkthrough.ts'

walkthrough({ scenario: 'lifecycle' }, async (stage, section) => {
  const { docker, nodes, tasks, rows, clock, stepUntil, simulation } = stage
  const services = () => rows('dev01', 'service ls', 'NAME', 'MODE', 'REPLICAS', 'IMAGE')
  const ping = () => tasks('dev01', 'ping')
  const ids = async () => (await docker('dev01', 'service ps -q --no-trunc ping')).trimEnd().split('\n')

  await section('3.1 create, list, remove', async () => {
    const printed = await docker('dev01', 'service create alpine ping docker.com')
    assert.match(printed, /^[0-9a-z]{25}\noverall progress: 0 out of 1 tasks\n/)
    assert.match(printed, /\noverall progress: 1 out of 1 tasks\n/)
    assert.match(printed, /\nverify: Service ([0-9a-z]{25} )?converged ?\n$/)
    const [line = ''] = await services()
    assert.match(line, /^[a-z]+_[a-z]+ replicated 1\/1 alpine:latest$/)
    const [name = ''] = line.split(' ')
    assert.equal(await docker('dev01', `service rm ${name}`), `${name}\n`)
    assert.deepEqual(await services(), [])

    await docker('dev01', 'service create --detach --name ping alpine ping docker.com')
    const [row = ''] = await until(ping, isConverged(1))
    const [id = ''] = await ids()
    const [, host = ''] = row.split(' ')
    assert.deepEqual(await rows(host, 'ps --filter name=ping.', 'IMAGE', 'NAMES'), [`alpine:latest ping.1.${id}`])
    assert.match(await docker('dev01', 'service inspect --pretty ping'), INSPECTED)
    const said = await until(
      () => docker('dev01', 'service logs ping'),
      text => text.includes('\n'),
    )
    for (const line of said.trimEnd().split('\n')) assert.match(line, new RegExp(LOG_LINE(id, host)))
  })

  await section('3.2 scale up to a hundred, and down to four', async () => {
    await clock({ isPaused: true })
    assert.equal(await docker('dev01', 'service scale --detach ping=2'), 'ping scaled to 2\n')
    await stepUntil(500, ping, isConverged(2))
    await docker('dev01', 'service scale --detach ping=100')
    const [growing = ''] = await stepUntil(100, services, ([line = '']) => /\b(?:[3-9]|\d\d)\/100\b/.test(line))
    assert.match(growing, /^ping replicated \d+\/100 alpine:latest$/)
    await stepUntil(500, ping, isConverged(100))
    await clock({ isPaused: false })
    const printed = await docker('dev01', 'service scale ping=100')
    assert.match(printed, /^ping scaled to 100\noverall progress: /)
    assert.doesNotMatch(printed, /^1\/100:/m, 'only the overall count where there are many')

    await clock({ isPaused: true })
    const before = await placed()
    await docker('dev01', 'service scale --detach ping=4')
    assert.deepEqual(await services(), ['ping replicated 100/4 alpine:latest'])
    await clock({ stepMs: STOP_MS - 300 })
    const shrinking = await stepUntil(50, ping, rows => rows.some(row => / Remove Shutdown$/.test(row)))
    assert.ok(shrinking.some(row => / Remove Running$/.test(row)))
    const [line = ''] = await services()
    assert.match(line, /^ping replicated (\d\d?|100)\/4 /)
    await stepUntil(500, ping, rows => rows.length === 4)
    assert.deepEqual(countByNode(await ping()), { dev01: 2, dev02: 2 })
    const after = await placed()
    assert.deepEqual(
      after,
      before.filter(row => after.includes(row)),
      'who is left is untouched',
    )
  })

  await section('3.3 a rolling update with a delay takes one slot at a time', async () => {
    await docker('dev01', 'service rm ping')
    const create = 'service create --detach --name ping --replicas 4 --update-delay 10s alpine ping docker.com'
    await docker('dev01', create)
    await stepUntil(500, ping, isConverged(4))
    assert.equal(await docker('dev01', 'service update --detach --image alpine:3.7 ping'), 'ping\n')

    const ready = await stepUntil(100, ping, rows => rows.some(row => / Ready Ready$/.test(row)))
    const [, slot = ''] =
      /^ping\.(\d) .* Ready Ready$/.exec(ready.find(row => row.endsWith(' Ready Ready')) ?? '') ?? []
    const stopping = ready.find(row => row.startsWith(` \\_ ping.${slot} `)) ?? ''
    assert.match(stopping, /^ \\_ ping\.\d dev0\d Shutdown Running$/, 'the old task has not stopped yet')
    await clock({ stepMs: STOP_MS - 1_000 })
    await stepUntil(100, ping, rows => rows.some(row => row.startsWith(`ping.${slot} `) && / Running Start/.test(row)))

    const times: number[] = []
    for (const done of [1, 2, 3, 4]) {
      const rows = await stepUntil(1_000, renewed, rows => rows.length === done)
      assert.equal(rows.length, done)
      times.push(Date.parse((await simulation()).now) / 1000)
      if (done < 4) assert.equal((await ping()).filter(row => / Ready (Ready|Preparing)$/.test(row)).length, 0)
    }
    for (const [index, time] of times.slice(1).entries()) {
      const seconds = time - (times[index] ?? 0)
      assert.ok(seconds >= 20 && seconds <= 25, `a stop of 10 s and a delay of 10 s, not ${seconds} s`)
    }
    await stepUntil(1_000, status, text => /State:\s+completed/.test(text))
    const rest = Date.parse((await simulation()).now) / 1000 - (times.at(-1) ?? 0)
    assert.ok(rest >= 20 && rest <= 23, `once more the delay, and then a second more than that, not ${rest} s`)
    const rows = await ping()
    assert.deepEqual(
      [rows.length, rows.filter(row => / \\_ ping\.\d dev0\d Shutdown Shutdown$/.test(row)).length],
      [8, 4],
    )
  })

  await section('3.4 rollback', async () => {
    await clock({ isPaused: false })
    const printed = await docker('dev01', 'service rollback ping')
    assert.match(printed, /^ping\nrollback: manually requested rollback ?\n/)
    assert.match(printed, /^overall progress: rolling back update: [0-4] out of 4 tasks/m)
    assert.match(printed, /^(verify: Service|service rolled back: rollback completed)/m)
    await clock({ isPaused: true })
    await stepUntil(1_000, ping, isConverged(4))
    for (const slot of [1, 2, 3, 4])
      assert.deepEqual(await imagesOf(slot), ['alpine:latest', 'alpine:3.7', 'alpine:latest'])
  })

  await section('3.5 history retention counts the task that runs, and cuts with the next update', async () => {
    assert.match(await docker('dev01', 'info'), / Task History Retention Limit: 5\n/)
    await docker('dev01', 'service update --detach --update-delay 0s --force ping')
    await stepUntil(5_000, status, text => /State:\s+completed/.test(text))
    assert.equal((await ping()).length, 16)
    assert.equal(await docker('dev01', 'swarm update --task-history-limit 3'), 'Swarm updated.\n')
    assert.match(await docker('dev01', 'info'), / Task History Retention Limit: 3\n/)
    await clock({ stepMs: 5_000 })
    assert.equal((await ping()).length, 16, 'not at once')
    await docker('dev01', 'service update --detach --force ping')
    await clock({ stepMs: 1_000 })
    await stepUntil(5_000, status, text => /State:\s+completed/.test(text))
    for (const slot of [1, 2, 3, 4]) assert.equal((await imagesOf(slot)).length, 3)
  })

  await section('3.6 drain and return', async () => {
    const before = await ping()
    const moving = before.filter(row => / dev02 Running Running$/.test(row)).map(row => row.split(' ')[0] ?? '')
    assert.equal(moving.length, 2)
    assert.equal(await docker('dev01', 'node update --availability drain dev02'), 'dev02\n')
    const drained = await stepUntil(100, ping, rows => moving.every(name => rows.includes(`${name} dev01 Ready Ready`)))
    for (const name of moving) assert.ok(drained.includes(` \\_ ${name} dev02 Shutdown Running`))
    const moved = await stepUntil(1_000, ping, isConverged(4))
    assert.deepEqual(countByNode(moved), { dev01: 4 })

    assert.equal(await docker('dev01', 'node update --availability active dev02'), 'dev02\n')
    await clock({ stepMs: 30_000 })
    assert.deepEqual(countByNode(await ping()), { dev01: 4 }, 'nothing moves back')
  })

  await section('later: three managers', async () => {
    await clock({ isPaused: false })
    const token = (await docker('dev01', 'swarm join-token -q manager')).trim()
    const [first] = (await simulation()).machines
    await docker('dev03', `swarm join --token ${token} ${first?.address}:2377`)
    await docker('dev01', 'node promote dev02')
    await until(
      () => nodes('dev01'),
      rows => rows.filter(row => row.endsWith(' Ready Active Reachable')).length === 2,
    )
  })

  function status(): Promise<string> {
    return docker('dev01', 'service inspect --pretty ping')
  }

  /** Tasks of the new image that run. */
  async function renewed(): Promise<readonly string[]> {
    const printed = await rows('dev01', 'service ps ping', 'NAME', 'IMAGE', 'CURRENT STATE')
    return printed.filter(row => /alpine:3\.7 Running /.test(row))
  }

  /** `ID ping.1 dev01` of the tasks that run. */
  async function placed(): Promise<readonly string[]> {
    return rows('dev01', 'service ps --filter desired-state=running ping', 'ID', 'NAME', 'NODE')
  }

  /** Of a slot's rows, the newest first. */
  async function imagesOf(slot: number): Promise<readonly string[]> {
    const printed = readTable(await docker('dev01', 'service ps ping'))
    return printed.filter(({ NAME }) => NAME?.endsWith(`ping.${slot}`)).map(({ IMAGE = '' }) => IMAGE)
  }
})

/** What a program takes to stop that does not listen. */
const STOP_MS = 10_000

const LOG_LINE = (id: string, host: string): string => `^ping\\.1\\.${id.slice(0, 12)}@${host} {4}\\| .+`

const INSPECTED = new RegExp(
  [
    'Name:\\t+ping\nService Mode:\\t+Replicated\n Replicas:\\t+1\n[\\s\\S]*',
    'UpdateConfig:\n Parallelism:\\t1\n On failure:\\tpause\n Monitoring Period: 5s\n Max failure ratio: 0\n',
    ' Update order: {6}stop-first\n',
    'RollbackConfig:\n Parallelism:\\t1\n On failure:\\tpause\n Monitoring Period: 5s\n Max failure ratio: 0\n',
    ' Rollback order: {4}stop-first\n',
    'ContainerSpec:\n Image:\\t+alpine:latest(@\\S+)?\n Args:\\t+ping docker\\.com \n[\\s\\S]*Endpoint Mode:\\tvip\n',
  ].join(''),
)

const isConverged = (replicas: number) => (rows: readonly string[]) =>
  rows.filter(row => /^ping\.\d+ \S+ Running Running$/.test(row)).length === replicas

/** How many tasks each node has, of those that should run. */
function countByNode(rows: readonly string[]): Readonly<Record<string, number>> {
  const names = rows.filter(row => / Running Running$/.test(row)).map(row => row.trim().split(' ')[1] ?? '')
  return Object.fromEntries(
    [...new Set(names)].toSorted().map(name => [name, names.filter(other => other === name).length]),
  )
}
