import type { ApiReading } from '../api/info.ts'
import { parseTime } from '../rules/duration.ts'
import { countIn, listIn, objectIn, textIn, textsIn } from './read-field.ts'
import { readNode } from './read-node.ts'
import { readService } from './read-service.ts'
import { readTask } from './read-task.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Makes a snapshot of what came over the wire. Every optional field gets its default here and nowhere else. Never
 * throws, whatever a broken or hostile server has answered: a field of the wrong type is blank, and what has no ID,
 * or the ID of another of its kind, is left out.
 */
export function readSnapshot(reading: ApiReading): Snapshot {
  const info = objectIn(reading.info)
  const version = objectIn(reading.version)
  const swarm = objectIn(info.Swarm)
  const cluster = objectIn(swarm.Cluster)
  return {
    takenAt: parseTime(textIn(info.SystemTime)),
    clusterId: textIn(cluster.ID),
    swarm: {
      version: countIn(objectIn(cluster.Version).Index),
      historyLimit: countIn(objectIn(objectIn(cluster.Spec).Orchestration).TaskHistoryRetentionLimit),
    },
    engineVersion: textIn(info.ServerVersion) || textIn(version.Version),
    apiVersion: textIn(version.ApiVersion),
    scenario: scenarioIn(info.Labels),
    trustRoot: textIn(objectIn(cluster.TLSInfo).TrustRoot),
    self: { nodeId: textIn(swarm.NodeID), name: textIn(info.Name), address: textIn(swarm.NodeAddr) },
    remoteManagers: listIn(swarm.RemoteManagers)
      .map(manager => ({ nodeId: textIn(objectIn(manager).NodeID), address: textIn(objectIn(manager).Addr) }))
      .filter(({ address }) => address !== ''),
    nodes: listIn(reading.nodes).map(readNode).filter(isNew()).toSorted(byId),
    services: listIn(reading.services).map(readService).filter(isNew()).toSorted(byId),
    tasks: listIn(reading.tasks).map(readTask).filter(isNew()).toSorted(byId),
  }
}

/** The simulator's engines have their scenario for a label. */
function scenarioIn(labels: ApiReading['info']['Labels']): string {
  const label = textsIn(labels).find(text => text.startsWith(SCENARIO_LABEL))
  return label?.slice(SCENARIO_LABEL.length) ?? ''
}

const SCENARIO_LABEL = 'swarmtop.simulation='

type Identified = { readonly id: string }

function isNew() {
  const seen = new Set([''])
  return ({ id }: Identified) => !seen.has(id) && seen.add(id) !== undefined
}

const byId = (a: Identified, b: Identified) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
