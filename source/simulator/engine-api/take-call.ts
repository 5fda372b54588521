import { assertNever } from '../../rules/assert-never.ts'
import { refusedBySwarm } from '../control-api/refusal.ts'
import { machineOfNode, swarmOf } from '../world/machine.ts'
import type { PendingCall, Wait } from '../world/pending-call.ts'
import type { Delivery } from '../world/stream.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { answer, type Hanging, replyOf } from './answer.ts'
import { type Call, json, resultOf } from './call.ts'
import type { Reply, Request } from './message.ts'

/** How long an engine waits for the swarm, all in all, before it gives a call up. */
const PATIENCE_MS = 20_000

/**
 * Takes a request to a machine's engine: answers it, or lets it hang until a delivery answers it.
 *
 * Source: moby/moby daemon/cluster/cluster.go (swarmRequestTimeout)
 */
export function takeCall(world: World, request: Request): Reply {
  const machine = world.machines[request.machine]
  if (machine === undefined) throw new Error(`There is no machine ${request.machine}`)
  if (machine.power === 'off') return { kind: 'closed' }
  const reply = machine.bootsUntil === null ? answer(world, request) : BOOTING
  if (!isHanging(reply)) return reply
  const id = `call-${world.callSerial++}`
  const call: PendingCall = { id, request, deadline: null, waitsFor: { kind: 'boot' } }
  if (reply === BOOTING) world.calls[id] = call
  else hold(world, call, reply)
  return { kind: 'pending', stream: id }
}

const BOOTING: Hanging = { kind: 'wait', waitsFor: { kind: 'boot' } }

/** Asks again for every call that hung, now that an engine or a leader may be there that was not. */
export function retryCalls(world: World): void {
  for (const call of Object.values(world.calls)) {
    const machine = world.machines[call.request.machine]
    switch (call.waitsFor.kind) {
      case 'boot':
        if (machine?.bootsUntil === null) ask(world, call, 'fresh')
        break
      case 'leader':
        ask(world, call, 'waiting')
        break
      case 'commit':
        if (hasSteppedDown(world, call, call.waitsFor.leader)) refuseLost(world, call)
        else ask(world, call, 'waiting')
        break
      case 'nothing':
      case 'time':
        break
      default:
        assertNever(call.waitsFor)
    }
  }
}

/** It has hung for as long as it may. */
export function endPatience(world: World, id: string): void {
  const call = world.calls[id]
  if (call?.deadline == null || world.now < Math.floor(call.deadline)) return
  if (call.waitsFor.kind === 'time') deliver(world, call, replyOf(call.waitsFor.result))
  else ask(world, call, 'over')
}

function ask(world: World, call: PendingCall, patience: Call['patience']): void {
  const reply = answer(world, call.request, patience)
  if (isHanging(reply)) hold(world, call, reply)
  else deliver(world, call, reply)
}

/** Notes what a call waits for now. Its patience begins with its engine's answer, and only once. */
function hold(world: World, call: PendingCall, hanging: Hanging): void {
  const isWaiting = hanging.kind === 'wait'
  const waitsFor: Wait = isWaiting ? hanging.waitsFor : { kind: 'time', result: hanging.result }
  const deadline = isWaiting ? (call.deadline ?? world.now + PATIENCE_MS) : world.now + hanging.ms
  if (deadline !== call.deadline) setTimer(world, deadline - world.now, { kind: 'call-deadline', call: call.id })
  world.calls[call.id] = { ...call, waitsFor, deadline }
}

/**
 * Gives status and headers, before anything of a stream that has begun already. What follows under the stream's ID is
 * for the client of this call, which knows the call's.
 */
function deliver(world: World, call: PendingCall, reply: Reply | Hanging): void {
  if (reply.kind !== 'answer' && reply.kind !== 'stream') return
  delete world.calls[call.id]
  const { status, headers, body, kind } = reply
  const head: Delivery = { stream: call.id, head: { status, headers }, text: body, isLast: kind === 'answer' }
  if (kind === 'stream') world.continuedCalls[reply.stream] = call.id
  const begun = kind === 'stream' ? world.deliveries.findIndex(({ stream }) => stream === reply.stream) : -1
  world.deliveries.splice(begun < 0 ? world.deliveries.length : begun, 0, head)
}

function hasSteppedDown(world: World, call: PendingCall, leader: string): boolean {
  const asked = world.machines[call.request.machine]
  const swarm = asked && swarmOf(world, asked)
  const machine = swarm && machineOfNode(world, swarm, leader)
  return machine?.power === 'on' && machine.membership?.manager?.leader !== leader
}

function refuseLost(world: World, call: PendingCall): void {
  const text = 'raft: failed to process the request: node lost leader status'
  deliver(world, call, replyOf(resultOf(refusedBySwarm('Unknown', text), json)))
}

function isHanging(reply: Reply | Hanging): reply is Hanging {
  return reply.kind === 'wait' || reply.kind === 'later'
}
