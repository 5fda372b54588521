import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Machine } from '../world/machine.ts'

export const RAFT_PORT = 2377

/*
 * Every machine has one network card, `eth0`, and one address.
 * Source: moby/moby daemon/cluster/{listen_addr,swarm}.go
 */

/** Which interface to listen on makes no difference here, but it has to be an address. */
export function checkListenAddress(text: string): Answer<null> {
  if (text === '') return refused(400, 'invalid ListenAddr "": invalid empty address')
  if (INTERFACES.includes(hostOf(text)) || isIp(hostOf(text))) return granted(null)
  return refused(400, 'listen address must be an IP address or network interface (with optional port number)')
}

/** The address that others shall use: the one named, that of the interface named, or the machine's own. */
export function chooseAdvertiseAddress(machine: Machine, text: string): Answer<string> {
  const host = hostOf(text)
  if (host === '' || host === 'eth0') return granted(machine.address)
  if (host === 'lo') return granted('127.0.0.1')
  if (isIp(host) && host !== '0.0.0.0' && host !== '::') return granted(host)
  return refused(
    400,
    'advertise address must be a non-zero IP address or network interface (with optional port number)',
  )
}

/** The port that others shall use: where none is named to them, the one to listen on. */
export function choosePort(listenAddress: string, advertiseAddress: string): number {
  return portOf(advertiseAddress) ?? portOf(listenAddress) ?? RAFT_PORT
}

/** Whether a manager there would take calls at this address of host and port. */
export function isAtPort({ membership }: Machine, address: string): boolean {
  return portOf(address) === (membership?.managerPort ?? RAFT_PORT)
}

/** With the port that managers listen on, where none is named. */
export function withPort(text: string): string {
  return /:\d+$/.test(text) ? text : `${text}:${RAFT_PORT}`
}

/** Where the others find it. */
export function advertisedAddress({ address, membership }: Machine): string {
  return membership?.advertiseAddress ?? address
}

/** Where the other managers find its raft. */
export function raftAddress(machine: Machine): string {
  return `${advertisedAddress(machine)}:${machine.membership?.managerPort ?? RAFT_PORT}`
}

function portOf(text: string): number | null {
  const [, port] = /:(\d+)$/.exec(isIp(text) ? '' : text) ?? []
  return port === undefined ? null : Number(port)
}

function hostOf(text: string): string {
  return text.replace(/:\d*$/, '')
}

function isIp(text: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) || /^\[?[0-9a-f:]*:[0-9a-f:]*\]?$/i.test(text)
}

const INTERFACES: readonly string[] = ['eth0', 'lo']
