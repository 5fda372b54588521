import type { z } from 'zod'
import { anyText, bytes, count, labelText, leaf, mapOf, namesTo, nanoCpus, oneOf } from '../../../yaml/leaf.ts'

/** Names a socket and a host. */
const machineName = leaf('a name of letters, digits, dots and hyphens', text =>
  /^[a-zA-Z0-9][a-zA-Z0-9.-]{0,62}$/.test(text) ? text : null,
)

/** An entry of `machines:`. */
export const machineSchema = mapOf({
  /** With a count, what the numbers are put behind: `node` for `node1`, `node2`, … */
  name: machineName,
  count: count(1, 5_000).optional(),
  /** In the swarm as this from the beginning; `none`: a blank engine. */
  role: oneOf(['manager', 'worker', 'none']).default('worker'),
  availability: oneOf(['active', 'pause', 'drain']).default('active'),
  cpus: nanoCpus.default(4e9),
  memory: bytes.default(8 * 1024 ** 3),
  os: oneOf(['linux', 'windows']).default('linux'),
  arch: anyText.default('x86_64'),
  /** Left out: one of 10.0.1.0/24 and the networks that follow. */
  address: leaf('an IPv4 address like 10.0.1.1', text => (isAddress(text) ? text : null)).optional(),
  /** Of the node, as `docker node update --label-add` sets them. */
  labels: namesTo(labelText).default({}),
  /** Of the engine, as its daemon.json has them. */
  'engine-labels': namesTo(labelText).default({}),
})

export type MachineText = z.output<typeof machineSchema>

function isAddress(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}
