import type { ApiTask } from '../../source/api/task.ts'
import type { Reading } from './reading.ts'
import type { Twin } from './twin.ts'

/** What the identifiers of a swarm stand for, so that two swarms can be compared. */
export type Names = {
  /** Learns what the objects that are there now are called. */
  readonly learn: (reading: Reading) => void
  readonly service: (id: string | undefined) => string
  /** The number of a task's slot; of a global service, whose tasks have none, the node. */
  readonly slot: (task: ApiTask) => string
  /** Names what it knows and takes out of a text what is never twice the same: identifiers, times, ages, versions. */
  readonly say: (text: string) => string
}

export function newNames({ machines }: Twin, wordsOfTheScript: string): Names {
  const known = new Map<string, string>()
  const services = new Map<string, string>()
  const globals = new Set<string>()
  const generated = new Set<string>()
  const addresses = machines.toSorted((a, b) => b.address.length - a.address.length)

  const nameAll = (text: string): string =>
    text
      .replace(/\b[a-z0-9]{25}\b/g, id => known.get(id) ?? '<id>')
      .replace(/\b[a-z0-9]{12}\b/g, short => known.get(short) ?? short)

  return {
    learn: ({ nodes, services: found, tasks }) => {
      const learn = (id: string, name: string) => {
        known.set(id, name)
        known.set(id.slice(0, 12), name)
      }
      for (const { ID, Description } of nodes) learn(ID, `<${Description?.Hostname || 'node'}>`)
      for (const { ID, Spec } of found) {
        const name = Spec?.Name ?? ''
        const isGenerated = !wordsOfTheScript.includes(name)
        if (isGenerated) generated.add(name)
        if (Spec?.Mode?.Global !== undefined || Spec?.Mode?.GlobalJob !== undefined) globals.add(ID)
        services.set(ID, isGenerated ? '<generated>' : name)
        learn(ID, `<service ${services.get(ID)}>`)
      }
      for (const { ID, ServiceID = '' } of tasks) learn(ID, `<task of ${services.get(ServiceID) ?? 'a service'}>`)
    },
    service: id => services.get(id ?? '') ?? 'a service that is gone',
    slot: ({ ServiceID = '', NodeID = '', Slot = 0 }) =>
      globals.has(ServiceID) ? (known.get(NodeID) ?? 'a node that is gone') : String(Slot),
    say: text => {
      const tokens = text.replace(/SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}/g, '<token>')
      const named = [...generated].reduce((said, name) => said.replaceAll(name, '<generated>'), nameAll(tokens))
      const placed = addresses.reduce((said, { name, address }) => said.replaceAll(address, `<${name}>`), named)
      return FLEETING.reduce((said, [pattern, word]) => said.replace(pattern, word), placed)
    },
  }
}

const FLEETING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, '<container>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000 utc)?/g, '<time>'],
  [/(less than a second|about an? (minute|hour)|\d+ (second|minute|hour)s?) ago/gi, '<age> ago'],
  [/"Index": ?\d+/g, '"Index": "<version>"'],
  [/\.\d+\.(?=<task of)/g, '.<slot>.'],
  [/\b(20\.10\.24\S*|28\.2\.2)/g, '<version>'],
]
