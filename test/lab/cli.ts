import { spawnSync } from 'node:child_process'
import { type Lab, openLab, startLab } from './lab.ts'
import { labObstacle } from './obstacle.ts'
import { findRecord } from './record.ts'
import { nodeStates } from './swarm.ts'

const HELP = `npm run lab -- COMMAND        a lab of real engines that stays until it is taken down

  up [ENGINES] [MANAGERS]     five engines, three of them managers, unless told; 0 managers: no swarm
  status                      the machines, their sockets, and the swarm as each manager sees it
  docker MACHINE ARGUMENTS…   the docker CLI on a machine's engine
  kill, poweroff, stop, start, cut, heal MACHINE
  down                        removes everything

Images on every engine: swarmtop-lab:1 and :2 run, :stubborn ignores SIGTERM, :crash fails after 3 s, :bad at once,
:done ends well after 1 s.
  npm run lab -- docker node1 service create --no-resolve-image --name web --replicas 6 swarmtop-lab:1`

const ID = 'by-hand'
const FAULTS = ['kill', 'poweroff', 'stop', 'start', 'cut', 'heal'] as const

try {
  const [command = 'help', ...rest] = process.argv.slice(2)
  await carryOut(command, rest)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function carryOut(command: string, args: readonly string[]): Promise<void> {
  const fault = FAULTS.find(name => name === command)
  if (command === 'up') return up(Number(args[0] ?? 5), Number(args[1] ?? 3))
  if (command === 'down') return theLab().down()
  if (command === 'status') return status(theLab())
  if (command === 'docker') return docker(theLab().socket(args[0] ?? ''), args.slice(1))
  if (fault !== undefined) return theLab()[fault](args[0] ?? '')
  console.log(HELP)
}

function theLab(): Lab {
  const record = findRecord(ID)
  if (record === null) throw new Error('There is no lab; start one with: npm run lab -- up')
  return openLab(record)
}

async function up(engines: number, managers: number): Promise<void> {
  const obstacle = labObstacle()
  if (obstacle !== null) throw new Error(`No lab can run here: ${obstacle}.`)
  if (findRecord(ID) !== null) throw new Error('There is a lab already; take it down with: npm run lab -- down')
  const lab = await startLab({ engines, id: ID })
  await lab.loadImages()
  if (managers > 0) await lab.formSwarm({ managers: Math.min(managers, engines) })
  await status(lab)
  console.log(`\nnode dist/cli.js --host unix://${lab.socket('node1')}`)
}

function docker(socket: string, args: readonly string[]): void {
  const { status } = spawnSync('docker', ['--host', `unix://${socket}`, ...args], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

async function status(lab: Lab): Promise<void> {
  for (const { name, address, socket } of lab.machines) {
    console.log(`${name}  ${address}  unix://${socket}  ${lab.isRunning(name) ? await swarmOf(lab, name) : 'off'}`)
  }
}

async function swarmOf(lab: Lab, machine: string): Promise<string> {
  try {
    const states = await nodeStates(lab, machine)
    return states
      .map(({ name, status, manager }) => `${name}: ${[status, manager].filter(Boolean).join(' ')}`)
      .join(', ')
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return text.includes('Worker nodes') ? 'worker' : (text.split('\n').at(-1) ?? '')
  }
}
