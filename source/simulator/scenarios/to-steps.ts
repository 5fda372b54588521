import { isMachineAction } from '../../rules/machine-action.ts'
import type { ScenarioAction, ScenarioStep } from './scenario.ts'
import { ACTION_WORDS, type ActionWord, type StepText } from './schema/timeline-schema.ts'
import { toServiceSpec } from './to-service-spec.ts'

const KILLED = 137

/** An entry of the timeline is a step for each service that it names. */
export function toSteps(text: StepText): readonly ScenarioStep[] {
  return actionsOf(text).map(action => ({ at: text.at, every: text.every ?? null, action }))
}

/** Which words of an entry say what happens: a right one has one. */
export function wordsOf(text: StepText): readonly ActionWord[] {
  return ACTION_WORDS.filter(word => text[word] !== undefined)
}

function actionsOf(text: StepText): readonly ScenarioAction[] {
  const [word] = wordsOf(text)
  switch (word) {
    case undefined:
      return []
    case 'create':
      return entries(text.create).flatMap(([name, service]) => [
        { kind: 'create-service', spec: toServiceSpec(name, service) },
        ...setLoad(name, service.load),
      ])
    case 'image':
      return entries(text.image).map(([service, images]) => ({ kind: 'change-image', service, images }))
    case 'scale':
      return entries(text.scale).map(([service, replicas]) => ({ kind: 'scale', service, replicas }))
    case 'load':
      return entries(text.load).map(([service, requestsPerSecond]) => ({
        kind: 'set-load',
        service,
        requestsPerSecond,
      }))
    case 'force-update':
    case 'roll-back':
      return [{ kind: word, services: text[word] ?? [] }]
    case 'remove':
      return [{ kind: 'remove-service', services: text.remove ?? [] }]
    case 'crash':
      return [{ kind: 'kill-container', services: text.crash ?? [], exitCode: text['exit-code'] ?? KILLED }]
    case 'activate':
      return [{ kind: 'set-availability', nodes: text.activate ?? [], availability: 'active' }]
    case 'pause':
      return [{ kind: 'set-availability', nodes: text.pause ?? [], availability: 'pause' }]
    case 'drain':
      return [{ kind: 'set-availability', nodes: text.drain ?? [], availability: 'drain' }]
    case 'promote':
      return [{ kind: 'set-role', nodes: text.promote ?? [], role: 'manager' }]
    case 'demote':
      return [{ kind: 'set-role', nodes: text.demote ?? [], role: 'worker' }]
    default:
      return isMachineAction(word) ? [{ kind: 'strike-machine', machines: text[word] ?? [], action: word }] : []
  }
}

/** The requests that reach a service from the moment it is there. */
export function setLoad(service: string, load: number | undefined): readonly ScenarioAction[] {
  return load === undefined ? [] : [{ kind: 'set-load', service, requestsPerSecond: [load] }]
}

function entries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {})
}
