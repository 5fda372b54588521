import type { ApiEvent } from '../../api/info.ts'
import { type Filters, hasLabel, meets } from './filters.ts'

/** Look at the beginning of the actor's ID and name, whatever the event's type. */
const ACTORS = ['container', 'volume', 'network', 'node', 'service', 'secret', 'config', 'plugin', 'daemon']
/** These have a word of their own behind a colon, which nobody has to say. */
const LOOSE_ACTIONS = ['health_status', 'exec_create', 'exec_start']

/** Unknown keys say nothing. Source: moby/moby daemon/events/filter.go (Include) */
export function passesFilters(filters: Filters, event: ApiEvent): boolean {
  const { ID = '', Attributes = {} } = event.Actor ?? {}
  const isActor = (text: string) => ID.startsWith(text) || (Attributes.name ?? '').startsWith(text)
  const image = (event.Type === 'image' ? Attributes.name : Attributes.image) ?? ''
  const images = [ID, image, withoutTag(ID), withoutTag(image)]
  const isLoose = (filters.event ?? []).some(action => LOOSE_ACTIONS.includes(action))
  const { Action = '' } = event
  return (
    meets(filters, 'event', action => Action === action || (isLoose && Action.startsWith(action))) &&
    meets(filters, 'type', type => event.Type === type) &&
    meets(filters, 'scope', scope => event.scope === scope) &&
    ACTORS.every(key => meets(filters, key, isActor)) &&
    meets(filters, 'image', wanted => images.includes(wanted)) &&
    (filters.label ?? []).every(label => hasLabel(Attributes, label))
  )
}

function withoutTag(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}
