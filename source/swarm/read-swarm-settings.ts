import type { ApiSwarm } from '../api/info.ts'
import { parseTime } from '../rules/duration.ts'
import { countIn, labelsIn, listIn, numberIn, objectIn, textIn, textsIn } from './read-field.ts'
import type { RootCertificate, SwarmSettings } from './swarm-settings.ts'

/**
 * The settings out of an answer to `GET /swarm`; null for what is none. Never throws. Without a pool of its own a swarm
 * takes 10.0.0.0/8, and without a port 4789. Source: moby/swarmkit manager/allocator/network.go, api/ca.proto
 */
export function readSwarmSettings(answer: unknown): SwarmSettings | null {
  const swarm = objectIn(answer as ApiSwarm)
  const id = textIn(swarm.ID)
  if (id === '') return null
  const spec = objectIn(swarm.Spec)
  const raft = objectIn(spec.Raft)
  const ca = objectIn(spec.CAConfig)
  const tokens = objectIn(swarm.JoinTokens)
  return {
    id,
    name: textIn(spec.Name),
    labels: labelsIn(spec.Labels),
    createdAt: parseTime(textIn(swarm.CreatedAt)),
    updatedAt: parseTime(textIn(swarm.UpdatedAt)),
    historyLimit: countIn(objectIn(spec.Orchestration).TaskHistoryRetentionLimit),
    raft: {
      electionTick: countIn(raft.ElectionTick),
      heartbeatTick: countIn(raft.HeartbeatTick),
      snapshotInterval: countIn(raft.SnapshotInterval),
      keptSnapshots: countIn(raft.KeepOldSnapshots),
      entriesForSlowFollowers: countIn(raft.LogEntriesForSlowFollowers),
    },
    heartbeatMs: countIn(objectIn(spec.Dispatcher).HeartbeatPeriod) / 1e6,
    isAutolocked: objectIn(spec.EncryptionConfig).AutoLockManagers === true,
    certificates: {
      roots: readRootCertificates(textIn(objectIn(swarm.TLSInfo).TrustRoot)),
      nodeValidityMs: Math.max(0, numberIn(ca.NodeCertExpiry)) / 1e6,
      external: listIn(ca.ExternalCAs).map(external => {
        const { Protocol, URL } = objectIn(external)
        return [textIn(Protocol), textIn(URL)].filter(Boolean).join(' ')
      }),
      isRotating: swarm.RootRotationInProgress === true,
    },
    addressPools: textsIn(swarm.DefaultAddrPool),
    subnetSize: countIn(swarm.SubnetSize),
    dataPathPort: countIn(swarm.DataPathPort),
    tokens: { worker: textIn(tokens.Worker), manager: textIn(tokens.Manager) },
  }
}

/**
 * The certificates of a text in PEM; one without any is one that cannot be read, unless it is empty. The last text is
 * remembered, since every reading brings the same one.
 */
export function readRootCertificates(pem: string): readonly RootCertificate[] {
  if (pem === '') return []
  if (lastRead.pem !== pem) lastRead = { pem, roots: readRoots(pem) }
  return lastRead.roots
}

let lastRead: { readonly pem: string; readonly roots: readonly RootCertificate[] } = { pem: '', roots: [] }

function readRoots(pem: string): readonly RootCertificate[] {
  const found = pem.match(CERTIFICATES)
  return found === null ? [null] : found.slice(0, MOST_ROOTS).map(readRoot)
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g
const MOST_ROOTS = 10

function readRoot(pem: string): RootCertificate {
  try {
    // Most people never look at it, and the module takes its time to load.
    const { X509Certificate } = process.getBuiltinModule('node:crypto')
    const { subject, validFrom, validTo } = new X509Certificate(pem)
    const [from, until] = [Date.parse(validFrom), Date.parse(validTo)]
    return Number.isNaN(from) || Number.isNaN(until) ? null : { subject, validFrom: from, validUntil: until }
  } catch {
    return null
  }
}
