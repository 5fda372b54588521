import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { COMMAND_ENV } from './commands.ts'
import { groupMembers, killGroup, makeGroup } from './control-group.ts'
import type { Machine } from './machine.ts'
import { waitFor } from './wait-for.ts'

/**
 * Runs inside the machine's network namespace and becomes its engine. `/run` is the machine's own and empty, as after a
 * boot. Every task start asks a registry for the image; the resolver makes this fail at once instead of after 40 s.
 * A resolv.conf that links into `/run` is missing then, which does the same.
 */
const BOOT = `
set -e
group=$1 name=$2 directory=$3; shift 3
echo $$ > "$group"
hostname "$name"
mount -t tmpfs tmpfs /run
if [ -e /etc/resolv.conf ]; then
  echo 'nameserver 127.0.0.1' > /run/resolv.conf
  mount --bind /run/resolv.conf /etc/resolv.conf
fi
exec dockerd --config-file "$directory/daemon.json" --data-root "$directory/data" --exec-root /run/docker \
  --pidfile /run/docker.pid --host "unix://$directory/docker.sock" --exec-opt native.cgroupdriver=cgroupfs "$@"`

/**
 * Starts the engine and waits until it answers. `ip netns exec` would hide the control groups from it
 * ("Devices cgroup isn't mounted"), hence `nsenter`.
 */
export async function startEngine(machine: Machine): Promise<void> {
  mkdirSync(machine.directory, { recursive: true })
  writeFileSync(join(machine.directory, 'daemon.json'), '{}')
  const log = openSync(machine.log, 'a')
  const namespaces = [
    `--net=/run/netns/${machine.namespace}`,
    'unshare',
    '--uts',
    '--mount',
    '--propagation',
    'private',
  ]
  const group = makeGroup(join(machine.group, 'engine'))
  const parent = `--cgroup-parent=/${join(machine.group, 'containers')}`
  const boot = ['sh', '-c', BOOT, 'boot', group, machine.name, machine.directory, parent]
  const engine = spawn('nsenter', [...namespaces, ...boot], {
    env: COMMAND_ENV,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  engine.unref()
  await untilAnswering(machine, () => engine.exitCode !== null || engine.signalCode !== null)
}

/** A manager that finds no quorum keeps everybody waiting for 20 s when it boots. */
async function untilAnswering(machine: Machine, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await isAnswering(machine.socket, deadline - Date.now()))) {
    if (hasEnded()) throw new Error(`the engine of ${machine.name} ended:\n${tail(machine.log)}`)
    if (Date.now() > deadline) throw new Error(`the engine of ${machine.name} does not answer:\n${tail(machine.log)}`)
    await sleep(25)
  }
}

/** A socket that takes connections and is silent belongs to an engine that is starting: the answer will come. */
export function isAnswering(socketPath: string, limitMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const ping = request({ socketPath, path: '/_ping', agent: false, timeout: Math.max(1, limitMs) }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.end()
  })
}

/** As when the machine's power fails, but for its cable: all its processes die at once, and `/run` with them. */
export function killEngine(machine: Machine): void {
  killGroup(machine.group)
}

/** In order, as `systemctl stop docker` does: the engine ends its containers first, for which they have 10 s. */
export async function stopEngine(machine: Machine): Promise<void> {
  const members = groupMembers(machine.group)
  const engine = members.find(pid => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'dockerd')
  if (engine === undefined) throw new Error(`there is no engine running on ${machine.name}`)
  process.kill(engine, 'SIGTERM')
  await waitFor(`${machine.name} to stop`, () => groupMembers(machine.group), { until: pids => pids.length === 0 })
  killGroup(machine.group)
}

export function isRunning(machine: Machine): boolean {
  return groupMembers(machine.group).length > 0
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').split('\n').slice(-15).join('\n')
}
