import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { waitFor } from '../lab/wait-for.ts'
import { benchLogs } from './bench-logs.ts'
import { benchRehearsal } from './bench-rehearsal.ts'
import { benchScreens } from './bench-screens.ts'
import { benchSimulator } from './bench-simulator.ts'
import { cpuSeconds, memoryMb, pause, quantile, sayKeyTimes, timeKeys } from './figures.ts'

/** The figures that the dashboard promises, in one run on one machine. Arguments name the parts to run: all, unless told. */
async function bench(): Promise<void> {
  const only = process.argv.slice(2)
  const isWanted = (part: string) => only.length === 0 || only.includes(part)
  if (isWanted('simulator')) await benchSimulator(report)
  if (isWanted('rehearsal')) await benchRehearsal(report)
  if (isWanted('screens')) await benchScreens(report)
  if (isWanted('logs')) await benchLogs(report)
  if (isWanted('dashboard')) await benchOnEngines()
}

/** Beside what a person would type instead, on five real engines. */
async function benchOnEngines(): Promise<void> {
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
  const times = await timeKeys(terminal, ['down', 'up'], 300)
  await terminal.close()
  report('key to frame', sayKeyTimes(times), 'p95 ≤ 33')
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

await bench()
