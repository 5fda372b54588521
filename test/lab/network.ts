import { run, tryRunSync } from './commands.ts'
import type { Machine } from './machine.ts'
import type { LabRecord } from './record.ts'

/**
 * The switch is a bridge in a network namespace of its own, with one port a machine, named after it. Thus nothing is
 * touched in the network of the host: no link, no address, no firewall; and two labs never meet.
 */
const switchOf = (record: LabRecord): string => `${record.name}-switch`

const BRIDGE = 'lan'
const GATEWAY = '10.93.0.254'

export async function addNetwork(record: LabRecord, machines: readonly Machine[]): Promise<void> {
  const hub = switchOf(record)
  await run('ip', ['netns', 'add', hub])
  await ip(hub, 'link add', BRIDGE, 'type bridge')
  await ip(hub, 'addr add', `${GATEWAY}/24`, 'dev', BRIDGE)
  await ip(hub, 'link set', BRIDGE, 'up')
  await Promise.all(machines.map(machine => plugIn(hub, machine)))
}

async function plugIn(hub: string, machine: Machine): Promise<void> {
  const inside = machine.namespace
  await run('ip', ['netns', 'add', inside])
  await ip(hub, 'link add', machine.name, 'type veth peer name eth0 netns', inside)
  await ip(hub, 'link set', machine.name, 'master', BRIDGE, 'up')
  await ip(inside, 'addr add', `${machine.address}/24`, 'dev eth0')
  await ip(inside, 'link set lo up')
  await ip(inside, 'link set eth0 up')
  await ip(inside, 'route add default via', GATEWAY)
}

/** Pulls the machine's cable: from now on not a packet gets through, and nobody is told. */
export async function cutCable(record: LabRecord, machine: Machine): Promise<void> {
  await ip(switchOf(record), 'link set', machine.name, 'down')
}

export async function healCable(record: LabRecord, machine: Machine): Promise<void> {
  await ip(switchOf(record), 'link set', machine.name, 'up')
}

/** Links go by name first: somebody's mount namespace may still hold on to ours, which would keep them. */
export function removeNetwork(record: LabRecord, machines: readonly Machine[]): void {
  const hub = switchOf(record)
  for (const link of [...machines.map(machine => machine.name), BRIDGE]) {
    tryRunSync('ip', ['-n', hub, 'link', 'del', link])
  }
  for (const namespace of [...machines.map(machine => machine.namespace), hub]) {
    tryRunSync('ip', ['netns', 'del', namespace])
  }
}

function ip(namespace: string, ...words: readonly string[]): Promise<string> {
  return run('ip', ['-n', namespace, ...words.join(' ').split(' ')])
}
