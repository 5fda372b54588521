import { BINDINGS } from './app/keys.ts'
import type { SourceOptions } from './command-line.ts'
import type { Source } from './find-source.ts'
import type { Options } from './options.ts'

/** What would be used, as JSON: where each host came from and every setting, as the configuration file names them. TLS material is named and never shown. */
export function printConfig(options: Options, source: Source): string {
  const { theme, timeZone, zoneLabel, hasBell, hasMouse, columns } = options.preferences
  const config = {
    file: options.configurationFile,
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
    theme,
    screen: options.screen,
    time: timeZone,
    zoneLabel: zoneLabel === '' ? null : zoneLabel,
    bell: hasBell,
    mouse: hasMouse,
    columns,
    keys: changedKeys(options),
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

function simulationOf(source: SourceOptions) {
  if (source.kind === 'engine') return {}
  const { scenario, seed, speed } = source
  return { scenario, seed, speed }
}

/** By name, where they are other ones than usual. */
function changedKeys({ bindings }: Options): Readonly<Record<string, readonly string[]>> {
  const usual = new Map(BINDINGS.map(({ name, keys }) => [name, keys.join(' ')]))
  const changed = (bindings ?? []).filter(({ name, keys }) => usual.get(name) !== keys.join(' '))
  return Object.fromEntries(changed.map(({ name, keys }) => [name, keys]))
}
