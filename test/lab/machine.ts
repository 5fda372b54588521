import { join } from 'node:path'
import { type LabRecord, labDirectory } from './record.ts'

/** One of the lab's machines, and the names of what it is made of. */
export type Machine = {
  /** The host name, `node1`. */
  readonly name: string
  /** `10.93.0.1` */
  readonly address: string
  readonly directory: string
  /** The Engine API's socket. */
  readonly socket: string
  /** The engine's own words. */
  readonly log: string
  readonly namespace: string
  readonly group: string
}

export function machinesOf(record: LabRecord): readonly Machine[] {
  return record.machines.map((name, index) => {
    const directory = join(labDirectory(record), name)
    return {
      name,
      address: `10.93.0.${index + 1}`,
      directory,
      socket: join(directory, 'docker.sock'),
      log: join(directory, 'log'),
      namespace: `${record.name}-${name}`,
      group: join(record.name, name),
    }
  })
}
