import type { Options, SourceOptions } from './command-line.ts'
import type { Source } from './find-source.ts'

/** What would be used, as JSON: where each host came from and every setting. TLS material is named and never shown. */
export function printConfig(options: Options, source: Source): string {
  const config = {
    source: { kind: source.kind, name: source.name, ...simulationOf(options.source) },
    hosts: source.endpoints.map(endpoint => ({
      host: endpoint.name,
      context: endpoint.context === '' ? null : endpoint.context,
      tls: endpoint.kind === 'tcp' && endpoint.tls !== null,
    })),
    interval: options.intervalMs / 1000,
    readOnly: options.isReadOnly,
    ascii: options.isAscii,
    color: options.hasColour,
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

function simulationOf(source: SourceOptions) {
  if (source.kind === 'engine') return {}
  const { scenario, seed, speed } = source
  return { scenario, seed, speed }
}
