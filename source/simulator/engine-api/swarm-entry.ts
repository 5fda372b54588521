import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type ClusterSpec, layOver } from '../control-api/swarm-spec.ts'
import { checkListenAddress, chooseAdvertiseAddress, choosePort, RAFT_PORT, withPort } from '../membership/addresses.ts'
import { beginJoin } from '../membership/attempt-join.ts'
import { forkSwarm } from '../membership/fork-swarm.ts'
import { type InitOptions, initSwarm } from '../membership/init-swarm.ts'
import { trustedDigest } from '../world/join-token.ts'
import type { Machine } from '../world/machine.ts'
import { DEFAULT_CLUSTER_SPEC } from '../world/new-swarm.ts'
import type { NodeAvailability } from '../world/node.ts'
import { type Call, json, type Result, readBody, resultOf } from './call.ts'
import { isControlled, NO_MANAGER } from './situation.ts'
import { initRequestShape, joinRequestShape } from './swarm-shapes.ts'

const INIT_MS = 600
const DATA_PATH_PORTS = { default: 4789, from: 1_024, to: 49_151 } as const
const SUBNET_SIZE = { default: 24, largest: 29 } as const

/* The ways into a swarm. Source: moby/moby daemon/cluster/swarm.go (Init, Join) */

type InitRequest = NonNullable<ReturnType<typeof initRequestShape>>

/** A manager may go on by itself with what it has of its swarm; anybody else has to be in none. */
export function postSwarmInit(call: Call): Result {
  const { world, machine } = call
  const body = readBody(call, 'InitRequest', initRequestShape)
  if (!body.ok) return resultOf(body, json)
  const isFork = isMember(machine) && body.value.ForceNewCluster === true
  if (isMember(machine) && !isFork) return resultOf(refused(503, EXISTS), json)
  if (isFork && !isControlled(machine)) return resultOf(refused(503, NO_MANAGER), json)
  const options = readInit(machine, body.value)
  if (!options.ok) return resultOf(options, json)
  if (isFork) {
    const nodeId = machine.membership?.nodeId
    return { kind: 'later', ms: forkSwarm(world, machine), result: json(nodeId) }
  }
  initSwarm(world, machine, options.value)
  return { kind: 'later', ms: INIT_MS, result: json(machine.membership?.nodeId) }
}

export function postSwarmJoin(call: Call): Result {
  const { world, machine } = call
  const body = readBody(call, 'JoinRequest', joinRequestShape)
  if (!body.ok) return resultOf(body, json)
  if (isMember(machine)) return resultOf(refused(503, EXISTS), json)
  const { ListenAddr = '', AdvertiseAddr = '', RemoteAddrs = [], JoinToken = '', Availability = '' } = body.value
  const listen = checkListenAddress(ListenAddr)
  if (!listen.ok) return resultOf(listen, json)
  const [remote] = RemoteAddrs
  if (remote === undefined) return resultOf(refused(400, 'at least 1 RemoteAddr is required to join'), json)
  if (remote === '') return resultOf(refused(400, 'invalid remoteAddr "": invalid empty address'), json)
  const availability = readAvailability(Availability)
  if (!availability.ok) return resultOf(availability, json)
  if (trustedDigest(JoinToken) === null) return resultOf(refused(500, 'invalid join token'), json)
  // Where its own address cannot be told, the managers see for themselves where it speaks from.
  const advertised = chooseAdvertiseAddress(machine, AdvertiseAddr)
  return beginJoin(world, machine, {
    remote: withPort(remote),
    token: JoinToken,
    availability: availability.value,
    advertiseAddress: advertised.ok ? advertised.value : '',
    managerPort: choosePort(ListenAddr, AdvertiseAddr),
  })
}

const EXISTS =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.'

function isMember({ membership, joining }: Machine): boolean {
  return membership !== null || joining !== undefined
}

function readInit(machine: Machine, request: InitRequest): Answer<InitOptions> {
  const listen = checkListenAddress(request.ListenAddr ?? '')
  if (!listen.ok) return listen
  const spec = layOver(DEFAULT_CLUSTER_SPEC, request.Spec)
  if (!spec.ok) return spec
  const advertised = chooseAdvertiseAddress(machine, request.AdvertiseAddr ?? '')
  if (!advertised.ok) return advertised
  const { DefaultAddrPool = [], SubnetSize = SUBNET_SIZE.default, DataPathPort = DATA_PATH_PORTS.default } = request
  if (SubnetSize > SUBNET_SIZE.largest) return refused(500, `subnet size is out of range: ${SubnetSize}`)
  const badPool = DefaultAddrPool.find(pool => !/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(pool.trim()))
  if (badPool !== undefined) {
    return refused(500, `invalid base pool ${badPool}: invalid CIDR address: ${badPool}`)
  }
  if (DataPathPort < DATA_PATH_PORTS.from || DataPathPort > DATA_PATH_PORTS.to) {
    const { from, to } = DATA_PATH_PORTS
    return refused(400, `Datapath port number is not in valid range (${from}-${to}) : ${DataPathPort}`)
  }
  const availability = readAvailability(request.Availability ?? '')
  if (!availability.ok) return availability
  const managerPort = choosePort(request.ListenAddr ?? '', request.AdvertiseAddr ?? '')
  const isLocked = request.AutoLockManagers === true || spec.value.EncryptionConfig?.AutoLockManagers === true
  return granted({
    availability: availability.value,
    ...(advertised.value !== machine.address && { advertiseAddress: advertised.value }),
    ...(managerPort !== RAFT_PORT && { managerPort }),
    isLocked,
    cluster: {
      spec: lockedSpec(spec.value, isLocked),
      defaultAddressPool: DefaultAddrPool.map(pool => pool.trim()),
      subnetSize: SubnetSize,
      dataPathPort: DataPathPort,
    },
  })
}

function lockedSpec(spec: ClusterSpec, AutoLockManagers: boolean): ClusterSpec {
  return { ...spec, EncryptionConfig: { AutoLockManagers } }
}

function readAvailability(text: string): Answer<NodeAvailability> {
  const word = text.toLowerCase()
  if (word === '' || word === 'active') return granted('active')
  if (word === 'pause' || word === 'drain') return granted(word)
  return refused(500, `invalid Availability: ${JSON.stringify(text)}`)
}
