import type { ClusterService, Slot } from '../swarm/cluster.ts'
import { slotUrgency, worstSlot } from '../swarm/urgency.ts'
import { currentView } from './current-view.ts'
import { notify, push } from './navigating.ts'
import { selectedId, selectedRow } from './rows/panel-rows.ts'
import { servicesByStack } from './rows/service-rows.ts'
import { slotKeyOf } from './rows/slot-key.ts'
import { selectedTask } from './selected-task.ts'
import { shownNodeId, shownService, shownSubject } from './shown-service.ts'
import type { State } from './state.ts'

/**
 * Tells why the selected slot, or the worst one of what is selected, is not running; says so where nothing is wrong.
 */
export function openWhy(state: State): State {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return notify(state, 'info', 'Nothing is known yet')
  const { focus, screen } = currentView(state)
  const task = selectedTask(state)
  if (task !== null) return openStory(state, task.serviceId, slotKeyOf(task, cluster))
  const slotRow =
    focus === 'slots' ? selectedRow(state, 'slots') : focus === 'lanes' ? selectedRow(state, 'lanes') : null
  const service = shownService(state)
  if (slotRow !== null && service !== null) return openStory(state, service.service.id, slotRow.key)

  const isOfNode = focus === 'nodes' || screen.kind === 'node' || shownSubject(state)?.kind === 'node'
  const nodeId = isOfNode ? shownNodeId(state) : null
  if (nodeId !== null) {
    const name = cluster.nodeById.get(nodeId)?.name ?? nodeId
    return openWorst(state, cluster.services, `What is meant to run on ${name} does`, slot => concerns(slot, nodeId))
  }
  const stack =
    focus === 'stacks'
      ? selectedId(state, 'stacks')
      : screen.kind === 'stack' && focus !== 'services'
        ? screen.stack
        : null
  if (stack !== null) {
    return openWorst(state, servicesByStack(cluster).get(stack) ?? [], `Every service of ${stack} runs as it should`)
  }
  const isOfService = focus === 'services' || focus === 'matrix' || focus === 'doctor' || 'serviceId' in screen
  return service !== null && isOfService
    ? openWorst(state, [service], `${service.service.name} runs as it should`)
    : openWorst(state, cluster.services, 'Every service runs as it should')
}

function concerns({ why, live }: Slot, nodeId: string): boolean {
  return live?.nodeId === nodeId || (why !== null && 'nodeId' in why && why.nodeId === nodeId)
}

function openWorst(
  state: State,
  services: readonly ClusterService[],
  allIsWell: string,
  isMeant: (slot: Slot) => boolean = () => true,
): State {
  const candidates = services.flatMap(service => {
    const slot = worstSlot({ ...service, slots: service.slots.filter(isMeant) })
    return slot === null ? [] : [{ serviceId: service.service.id, slot }]
  })
  const [worst] = candidates.toSorted((a, b) => slotUrgency(b.slot) - slotUrgency(a.slot))
  return worst === undefined ? notify(state, 'info', allIsWell) : openStory(state, worst.serviceId, worst.slot.key)
}

function openStory(state: State, serviceId: string, slot: string): State {
  return push(state, { kind: 'slot', serviceId, slot }, { focus: 'story' })
}
