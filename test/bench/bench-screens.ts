import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { memoryMb, pause, type Report, sayKeyTimes, timeKeys } from './figures.ts'

const SIZES = [
  { nodes: 5, services: 20, replicas: 5, bar: 'p95 ≤ 33' },
  { nodes: 1_000, services: 500, replicas: 20, bar: 'p95 ≤ 50' },
] as const

/** How one gets to each screen from the overview, and the two keys that are pressed in turn there. */
const SCREENS: readonly {
  readonly name: string
  readonly way: readonly string[]
  readonly keys?: readonly [string, string]
}[] = [
  { name: 'overview', way: [] },
  { name: 'nodes', way: ['2'] },
  { name: 'services', way: ['3'] },
  { name: 'tasks', way: ['4'] },
  { name: 'stacks', way: ['5'], keys: ['?', 'esc'] },
  { name: 'swarm', way: ['6'] },
  { name: 'time line', way: ['7'], keys: ['?', 'esc'] },
  { name: 'matrix', way: ['8'] },
  { name: 'trends', way: ['9'], keys: ['<', '>'] },
  { name: 'one node', way: ['2', 'enter'] },
  { name: 'one service', way: ['3', 'enter'] },
  { name: 'one slot', way: ['3', 'enter', 'shift+tab', 'enter'], keys: ['tab', 'tab'] },
  { name: 'slots through time', way: ['3', 't'] },
  { name: 'logs', way: ['3', 'l'], keys: ['f', 'f'] },
  { name: 'inspect', way: ['3', 'i'] },
  { name: 'networks', way: [': n e t w o r k s enter'], keys: ['?', 'esc'] },
  { name: 'help', way: ['?'] },
]

const UP_AND_DOWN: readonly [string, string] = ['down', 'up']
const PRESSES = Number(process.env.BENCH_PRESSES ?? 100)

/** From a key to its frame on every screen, in a small and in a large simulated swarm that is a process of its own. */
export async function benchScreens(report: Report): Promise<void> {
  for (const size of SIZES) {
    const simulation = await simulate(size)
    try {
      for (const { name, way, keys = UP_AND_DOWN } of SCREENS) {
        const terminal = openDashboard(simulation.socket)
        await terminal.waitForScreen(/● live/, { limitMs: 60_000 })
        for (const step of way) {
          terminal.press(step)
          await pause(400)
        }
        await pause(1_500)
        const times = await timeKeys(terminal, keys, PRESSES)
        const memory = memoryMb(terminal.pid, 'VmRSS')
        report(`${size.services * size.replicas} tasks, ${name}`, `${sayKeyTimes(times)}, ${memory} MB`, size.bar)
        await terminal.close()
      }
    } finally {
      simulation.end()
    }
  }
}

function openDashboard(socket: string): Terminal {
  return openTerminal({
    command: [process.execPath, 'dist/cli.js', '--host', `unix://${socket}`],
    columns: 120,
    rows: 36,
  })
}

type Simulation = { readonly socket: string; readonly end: () => void }

async function simulate({ nodes, services, replicas }: (typeof SIZES)[number]): Promise<Simulation> {
  const folder = mkdtempSync(join(tmpdir(), 'swarmtop-bench-'))
  const file = join(folder, 'bench.yaml')
  writeFileSync(file, scenarioOf(nodes, services, replicas))
  const child = spawn(process.execPath, ['dist/cli.js', 'simulate', file, '--listen', join(folder, 'sockets')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await isReady(child)
  const end = () => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  return { socket: join(folder, 'sockets', 'm1.sock'), end }
}

async function isReady({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) return
  for await (const line of createInterface({ input: stdout })) if (line === 'ready') return
}

function scenarioOf(nodes: number, services: number, replicas: number): string {
  const names = Array.from({ length: services }, (_, index) => `svc${String(index + 1).padStart(3, '0')}`)
  return [
    'machines:',
    '  - { name: m, count: 3, role: manager }',
    `  - { name: w, count: ${nodes - 3} }`,
    'history: 2m',
    'services:',
    ...names.map(name => `  ${name}: { image: registry.local/${name}:1.0, replicas: ${replicas} }`),
    'timeline:',
    '  - { at: 3s, every: 20s, crash: [svc001, svc002, svc003], exit-code: 1 }',
    '',
  ].join('\n')
}
