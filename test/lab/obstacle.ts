import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { COMMAND_ENV, findCommand } from './commands.ts'
import { hasControlGroups } from './control-group.ts'

const TOOLS = {
  dockerd: 'docker.io',
  docker: 'docker.io',
  ip: 'iproute2',
  iptables: 'iptables',
  busybox: 'busybox-static',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mount: 'mount',
  tar: 'tar',
}

/** Why real engines cannot be started on this machine, in one sentence; `null` when they can. */
export function labObstacle(): string | null {
  if (process.platform !== 'linux') return 'the lab needs Linux'
  if (process.getuid?.() !== 0) return 'the lab needs root'
  const missing = Object.entries(TOOLS).find(([tool]) => findCommand(tool) === null)
  if (missing) return `${missing[0]} is missing (Debian: apt-get install ${missing[1]})`
  if (!isStatic(findCommand('busybox') ?? '')) return 'busybox is not static (Debian: apt-get install busybox-static)'
  if (!hasControlGroups()) return 'no control groups are mounted on /sys/fs/cgroup'
  if (!canMakeNamespaces()) return 'namespaces cannot be made here (a container without privileges?)'
  return null
}

/** A dynamic program names its loader; in the lab's images there is none. */
function isStatic(path: string): boolean {
  const program = readFileSync(path)
  return !program.includes('/ld-linux') && !program.includes('/ld-musl')
}

function canMakeNamespaces(): boolean {
  try {
    execFileSync('unshare', ['--net', '--mount', '--uts', 'true'], { env: COMMAND_ENV, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
