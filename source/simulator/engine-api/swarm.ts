import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Rotation, updateSwarm } from '../control-api/swarm.ts'
import { leaveSwarm } from '../membership/leave-swarm.ts'
import { unlockSwarm } from '../membership/lock.ts'
import { longestStop } from '../membership/longest-stop.ts'
import { reachLeader } from '../raft/reach-leader.ts'
import {
  type Call,
  type ClusterCall,
  EMPTY,
  json,
  type Result,
  readBody,
  readBoolean,
  readVersion,
  resultOf,
} from './call.ts'
import { readLoosely } from './read-loosely.ts'
import { checkManager, isControlled } from './situation.ts'
import { renderCluster } from './swarm-info.ts'
import { clusterSpecShape, unlockRequestShape } from './swarm-shapes.ts'

const LEAVE_MS = 700
const COUNT_MS = 5_000
const UNLOCK_MS = 300

/* Source: moby/moby daemon/server/router/swarm/cluster_routes.go */

export function inspectSwarm({ world, swarm }: ClusterCall): Result {
  const { worker, manager } = swarm.cluster.joinTokens
  return json({ ...renderCluster(world, swarm), JoinTokens: { Worker: worker, Manager: manager } })
}

export function getUnlockKey({ swarm }: ClusterCall): Result {
  return json({ UnlockKey: swarm.cluster.unlockKey })
}

export function postSwarmUpdate(call: ClusterCall): Result {
  const body = readBody(call, 'Spec', clusterSpecShape)
  if (!body.ok) return resultOf(body, json)
  const version = readVersion(call, 'swarm')
  if (!version.ok) return resultOf(version, json)
  const rotation = readRotation(call)
  if (!rotation.ok) return resultOf(rotation, json)
  return resultOf(updateSwarm(call.world, call.swarm, version.value, body.value, rotation.value), () => EMPTY)
}

/** A manager that would say how many there are asks the leader first, and waits for one a while. */
export function postSwarmLeave(call: Call): Result {
  const { world, machine } = call
  const stopMs = LEAVE_MS + longestStop(machine)
  const isInVain = isControlled(machine) && ['none', 'silent'].includes(reachLeader(world, machine).kind)
  const left = leaveSwarm(world, machine, readLoosely(call, 'force'))
  if (left.ok) return { kind: 'later', ms: stopMs, result: EMPTY }
  return isInVain ? { kind: 'later', ms: COUNT_MS, result: resultOf(left, json) } : resultOf(left, json)
}

/** Only who is locked can be unlocked. */
export function postSwarmUnlock(call: Call): Result {
  const { world, machine } = call
  const body = readBody(call, 'UnlockRequest', unlockRequestShape)
  if (!body.ok) return resultOf(body, json)
  if (machine.membership?.state !== 'locked') {
    const manager = checkManager(world, machine)
    return resultOf(manager.ok ? refused(409, 'swarm is not locked') : manager, json)
  }
  const unlocked = unlockSwarm(world, machine, body.value.UnlockKey ?? '')
  return resultOf(unlocked, () => ({ kind: 'later', ms: UNLOCK_MS, result: EMPTY }))
}

function readRotation(call: Call): Answer<Rotation> {
  const wrong = ROTATIONS.find(name => !readBoolean(call, name).ok)
  if (wrong !== undefined) return refused(400, `invalid value for ${wrong}: ${call.query.get(wrong)}`)
  const [workerToken = false, managerToken = false, unlockKey = false] = ROTATIONS.map(name => {
    const isAsked = readBoolean(call, name)
    return isAsked.ok && isAsked.value
  })
  return granted({ workerToken, managerToken, unlockKey })
}

const ROTATIONS = ['rotateWorkerToken', 'rotateManagerToken', 'rotateManagerUnlockKey']
