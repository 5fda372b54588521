import type { ApiNode } from '../api/node.ts'
import { listIn, objectIn, textIn } from './read-field.ts'
import { readGenericResources } from './read-service-settings.ts'
import type { GenericResource } from './service-settings.ts'

/** What is told of a node only when it is asked for by itself. */
export type NodeDetails = {
  /** By their kind, `Volume`, `Network`, `Log`; names in the order of the wire. */
  readonly plugins: ReadonlyMap<string, readonly string[]>
  readonly genericResources: readonly GenericResource[]
  /** The common name of who signed its certificate; `''` where it is not known. */
  readonly certificateIssuer: string
}

/** Out of the answer to `GET /nodes/{id}`, whatever that is. */
export function readNodeDetails(wire: unknown): NodeDetails {
  const description = objectIn(objectIn(wire as ApiNode).Description)
  const plugins = listIn(objectIn(description.Engine).Plugins).map(element => {
    const plugin = objectIn(element)
    return { kind: textIn(plugin.Type), name: textIn(plugin.Name) }
  })
  const byKind = Map.groupBy(plugins, ({ kind }) => kind)
  return {
    plugins: new Map([...byKind].map(([kind, group]) => [kind, group.map(({ name }) => name)])),
    genericResources: readGenericResources(objectIn(description.Resources).GenericResources),
    certificateIssuer: commonNameIn(textIn(objectIn(description.TLSInfo).CertIssuerSubject)),
  }
}

/**
 * The common name of a subject in DER, base64: what follows its object identifier 2.5.4.3, a type, a length and the
 * text. Swarm's own is `swarm-ca`.
 */
function commonNameIn(subject: string): string {
  const bytes = Buffer.from(subject, 'base64')
  const at = bytes.indexOf(COMMON_NAME)
  if (at < 0) return ''
  const length = bytes[at + COMMON_NAME.length + 1] ?? 0
  const start = at + COMMON_NAME.length + 2
  return bytes.subarray(start, start + length).toString('utf8')
}

const COMMON_NAME = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03])
