import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { waitFor } from '../lab/wait-for.ts'
import { benchSimulator } from './bench-simulator.ts'

/** The figures that the dashboard promises, each beside what a person would type instead, in one run on one machine. */
async function bench(): Promise<void> {
  await benchSimulator(report)
  if (process.argv.includes('simulator')) return
  const obstacle = labObstacle()
  if (obstacle !== null) {
    console.log(`The bench needs five real engines: ${obstacle}`)
    process.exitCode = 1
    return
  }
  const lab = await startLab({ engines: 5 })
  try {
    await fillSwarm(lab)
    // Ages below a minute are counted in seconds: only after it nothing changes.
    await pause(75_000)
    await benchFirstFrame(lab)
    await benchIdle(lab)
    await benchKeys(lab)
    await benchKill(lab)
  } finally {
    await lab.down()
  }
}

const SERVICES = 20
const REPLICAS = 5
const IDLE_SECONDS = Number(process.env.BENCH_SECONDS ?? 60)

async function fillSwarm(lab: Lab): Promise<void> {
  await lab.loadImages()
  await lab.formSwarm({ managers: 3 })
  for (const name of serviceNames()) {
    const options = ['--detach', '--no-resolve-image', '--replicas', String(REPLICAS), '--name', name]
    await lab.docker('node1', 'service', 'create', ...options, 'swarmtop-lab:1', 'sleep', '1000000')
  }
  await waitFor(`${SERVICES * REPLICAS} running tasks`, async () => (await countRunning(lab)) === SERVICES * REPLICAS, {
    limitMs: 300_000,
  })
}

const serviceNames = () => Array.from({ length: SERVICES }, (_, index) => `svc${String(index + 1).padStart(2, '0')}`)

async function countRunning(lab: Lab): Promise<number> {
  const replicas = await lab.docker('node1', 'service', 'ls', '--format', '{{.Replicas}}')
  return replicas.split('\n').reduce((sum, line) => sum + Number(line.split('/')[0] ?? 0), 0)
}

async function benchFirstFrame(lab: Lab): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  const cache = mkdtempSync(join(tmpdir(), 'swarmtop-bench-'))
  for (let run = -1; run < 15; run += 1) {
    const bareStart = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    const bareMs = performance.now() - bareStart
    const start = performance.now()
    const terminal = openDashboard(lab, cache)
    await terminal.waitForScreen(/svc01/)
    const oursMs = performance.now() - start
    await terminal.close()
    // The first run of each fills the caches and does not count.
    if (run < 0) continue
    ours.push(oursMs)
    bare.push(bareMs)
  }
  rmSync(cache, { recursive: true })
  report('first frame with data', `${describeMs(ours)}; node -e 0 ${describeMs(bare)}; ${ratio(ours, bare)}`, '≤ 5')
}

async function benchIdle(lab: Lab): Promise<void> {
  const dashboard = openDashboard(lab)
  await dashboard.waitForScreen(/svc01/)
  const loop = openTerminal({
    command: ['watch', '-n1', `docker node ls; docker service ls; docker service ps ${serviceNames().join(' ')}`],
    columns: 120,
    rows: 36,
    env: { DOCKER_HOST: `unix://${lab.socket('node1')}` },
  })
  await pause(5000)
  const before = [cpuSeconds(dashboard.pid), cpuSeconds(loop.pid)] as const
  const bytes = [dashboard.bytesWritten(), loop.bytesWritten()] as const
  const startedAt = performance.now()
  await pause(IDLE_SECONDS * 1000)
  const seconds = (performance.now() - startedAt) / 1000
  const ours = cpuSeconds(dashboard.pid) - before[0]
  const theirs = cpuSeconds(loop.pid) - before[1]
  const percent = (cpu: number) => `${((cpu / seconds) * 100).toFixed(1)} %`
  report('idle CPU', `${percent(ours)}; watch loop ${percent(theirs)}; ratio ${(ours / theirs).toFixed(2)}`, '≤ 0.33')
  const rate = (terminal: Terminal, from: number) => Math.round((terminal.bytesWritten() - from) / seconds)
  report('bytes a second', `${rate(dashboard, bytes[0])}; watch loop ${rate(loop, bytes[1])}`, '≤ 200')
  report(
    'memory',
    `${memoryMb(dashboard.pid, 'VmRSS')} MB now, ${memoryMb(dashboard.pid, 'VmHWM')} MB at most`,
    '≤ 110',
  )
  await Promise.all([dashboard.close(), loop.close()])
}

async function benchKeys(lab: Lab): Promise<void> {
  const terminal = openDashboard(lab)
  await terminal.waitForScreen(/svc01/)
  const times: number[] = []
  for (let press = 0; press < 300; press += 1) {
    // Presses come at all phases of the reading, which is what a person's do.
    await pause(17 + ((press * 37) % 60))
    times.push(await timeToFrame(terminal, press % 2 === 0 ? 'down' : 'up'))
  }
  await terminal.close()
  report(
    'key to frame',
    `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`,
    'p95 ≤ 33',
  )
}

/** From the key to the first bytes after it. A tick of the clock in between can only make it shorter by its own frame. */
async function timeToFrame(terminal: Terminal, key: string): Promise<number> {
  const before = terminal.bytesWritten()
  const startedAt = performance.now()
  terminal.press(key)
  await terminal.waitForScreen(() => terminal.bytesWritten() > before)
  return performance.now() - startedAt
}

async function benchKill(lab: Lab): Promise<void> {
  const leader = (await lab.docker('node1', 'node', 'ls', '--format', '{{.Hostname}} {{.ManagerStatus}}'))
    .split('\n')
    .find(line => line.endsWith('Leader'))
    ?.split(' ')[0]
  const survivor = lab.machines.map(({ name }) => name).find(name => name !== leader)
  if (leader === undefined || survivor === undefined) throw new Error('The swarm has no leader to kill')
  const terminal = openTerminal({
    command: [process.execPath, 'dist/cli.js', '--host', `unix://${lab.socket(survivor)}`],
    columns: 120,
    rows: 36,
  })
  await terminal.waitForScreen(/svc01/)
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1)
  await lab.kill(leader)
  await terminal.waitForScreen(/no leader|election/i, { limitMs: 30_000 })
  const noLeader = seconds()
  await terminal.waitForScreen(new RegExp(`leader ${leader} → node`), { limitMs: 90_000 })
  const newLeader = seconds()
  await terminal.waitForScreen(new RegExp(`${leader} is Down`), { limitMs: 90_000 })
  report(
    'kill of the leader',
    `"no leader" after ${noLeader} s, new leader after ${newLeader} s, Down after ${seconds()} s`,
    '',
  )
  await terminal.close()
}

function openDashboard(lab: Lab, cacheHome?: string): Terminal {
  return openTerminal({
    command: [process.execPath, 'dist/cli.js', '--host', `unix://${lab.socket('node1')}`],
    columns: 120,
    rows: 36,
    ...(cacheHome === undefined ? {} : { env: { XDG_CACHE_HOME: cacheHome } }),
  })
}

/** What a process and the children it has waited for have used. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  return ticks / 100
}

function memoryMb(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function describeMs(values: readonly number[]): string {
  const [least, middle, most] = [0, 0.5, 1].map(share => Math.round(quantile(values, share)))
  return `${middle} ms (${least} to ${most})`
}

function ratio(ours: readonly number[], theirs: readonly number[]): string {
  return `ratio of medians ${(quantile(ours, 0.5) / quantile(theirs, 0.5)).toFixed(1)}`
}

function report(what: string, figure: string, bar: string): void {
  console.log(`${what.padEnd(24)} ${figure}${bar === '' ? '' : `   (bar ${bar})`}`)
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

await bench()
