import { destroyContainer, signalContainer, stopContainer } from '../agent/container-orders.ts'
import { type Answer, refused } from '../control-api/refusal.ts'
import type { Container } from '../world/container.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { findContainer } from './find-container.ts'
import { readLoosely } from './read-loosely.ts'

const DONE: Result = { kind: 'empty', status: 204 }

/*
 * Source: moby/moby api/server/router/container/container_routes.go, daemon/{kill,stop,delete}.go
 */

export function postContainerKill(call: Call): Result {
  const { world, machine, query, id } = call
  const signal = readSignal(query.get('signal') ?? '')
  if (signal === null) return refuse(400, `invalid signal: ${query.get('signal')}`)
  return onContainer(call, container => {
    if (container.state !== 'running') {
      return refuse(409, `cannot kill container: ${id}: container ${container.id} is not running`)
    }
    signalContainer(world, machine, container, signal)
    return DONE
  })
}

export function postContainerStop(call: Call): Result {
  return onContainer(call, container => {
    if (container.state !== 'running') return { kind: 'empty', status: 304 }
    stopContainer(call.world, call.machine, container)
    return DONE
  })
}

export function deleteContainer(call: Call): Result {
  return onContainer(call, container => {
    if (container.state === 'running' && !readLoosely(call, 'force')) {
      const text = 'container is running: stop the container before removing or force remove'
      return refuse(409, `cannot remove container ${JSON.stringify(`/${container.name}`)}: ${text}`)
    }
    destroyContainer(call.world, call.machine, container)
    return DONE
  })
}

function onContainer(call: Call, answer: (container: Container) => Result): Result {
  const found: Answer<Container> = findContainer(call.machine, call.id)
  return resultOf(found, answer)
}

function refuse(status: number, message: string): Result {
  return resultOf(refused(status, message), json)
}

const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, TERM: 15 }

function readSignal(text: string): number | null {
  if (text === '') return 9
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const name = text.toUpperCase().replace(/^SIG/, '')
  return Object.hasOwn(SIGNALS, name) ? (SIGNALS[name] ?? null) : null
}
