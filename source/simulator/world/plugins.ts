import type { NodePlugin } from './node.ts'

const LOG = ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog']
const NETWORK = ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay']
const VOLUME = ['local']

/** What an engine brings along, as `/info` groups it. */
export const PLUGINS_BY_KIND = { Volume: VOLUME, Network: NETWORK, Authorization: null, Log: LOG }

/** The same as a node's description lists it. */
export const PLUGINS: readonly NodePlugin[] = [
  ...LOG.map(Name => ({ Type: 'Log', Name })),
  ...NETWORK.map(Name => ({ Type: 'Network', Name })),
  ...VOLUME.map(Name => ({ Type: 'Volume', Name })),
]
