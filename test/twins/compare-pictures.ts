import { type Deviation, differ } from './differ.ts'
import type { NodePicture, Picture, SlotPicture, TaskPicture } from './picture.ts'
import type { Chance } from './script.ts'

/**
 * Compares what two swarms look like. Slots are drawn by lot in an update and a drain, so they are compared as a heap;
 * so is what runs where, among nodes that are alike.
 */
export function comparePictures(lab: Picture, simulator: Picture, chance: ReadonlySet<Chance>): readonly Deviation[] {
  const compared = <T>(path: string, view: (picture: Picture) => T): readonly Deviation[] =>
    differ(view(lab), view(simulator), path)
  return [
    ...compared('nodes', ({ nodes }) => byName(nodes.map(node => loosenLeader(node, chance)))),
    ...compared('leaders', ({ nodes }) => nodes.filter(({ manager }) => manager === 'leader').length),
    ...compared('services', ({ services }) => byName(services)),
    ...(chance.has('slots') ? [] : compared('slot numbers', slotNumbers)),
    ...compareHeaps('slots', lab.slots.map(slotRow(chance)), simulator.slots.map(slotRow(chance))),
    ...compared('live tasks', picture => tasksByKind(picture, chance, isLive)),
    ...compared('past tasks', picture => addUp(tasksByKind(picture, chance, task => !isLive(task)))),
  ]
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(things.map(thing => [thing.name, thing]))
}

function loosenLeader(node: NodePicture, chance: ReadonlySet<Chance>): NodePicture {
  return chance.has('leader') && node.manager === 'leader' ? { ...node, manager: 'reachable' } : node
}

function slotNumbers({ slots }: Picture): readonly string[] {
  return slots.map(({ service, slot }) => `${service}.${slot}`)
}

function slotRow(chance: ReadonlySet<Chance>): (slot: SlotPicture) => string {
  return ({ service, slot, tasks }) => {
    const isGlobal = slot.startsWith('<')
    const rows = tasks.map(task => sayTask(task) + (chance.has('nodes') && !isGlobal ? '' : ` on ${task.node}`))
    return `${service}: ${rows.join(' ← ')}`
  }
}

function sayTask({ image, desired, state, message, error, exitCode }: TaskPicture): string {
  const why = error === '' ? message : `${message}: ${error}`
  return `${image} ${desired}/${state} (${why})${exitCode === null ? '' : ` exit ${exitCode}`}`
}

/** What is only in one of two heaps, pair by pair. */
export function compareHeaps(path: string, lab: readonly string[], simulator: readonly string[]): readonly Deviation[] {
  const left = [...simulator]
  const missing = lab.filter(row => {
    const found = left.indexOf(row)
    if (found >= 0) left.splice(found, 1)
    return found < 0
  })
  const pairs = Math.max(missing.length, left.length)
  return Array.from({ length: pairs }, (_, index) => ({ path, lab: missing[index], simulator: left[index] }))
}

function isLive({ desired, state }: TaskPicture): boolean {
  return desired === 'running' || desired === 'ready' || (desired === 'complete' && state !== 'complete')
}

type TasksByKind = Readonly<Record<string, readonly string[]>>

/**
 * The services that have a task on each node. Where nodes are drawn by lot, those that are alike in all that Swarm asks
 * of them may stand for one another.
 */
function tasksByKind(
  { nodes, slots }: Picture,
  chance: ReadonlySet<Chance>,
  isMeant: (task: TaskPicture) => boolean,
): TasksByKind {
  const kinds = Map.groupBy(nodes, ({ name, status, spec }) => (chance.has('nodes') ? sayKind(status, spec) : name))
  const servicesOn = ({ name }: NodePicture): readonly string[] =>
    slots.flatMap(({ service, tasks }) => tasks.filter(task => task.node === name && isMeant(task)).map(() => service))
  const say = (node: NodePicture): string => servicesOn(node).toSorted().join(', ')
  return Object.fromEntries([...kinds].map(([kind, alike]) => [kind, alike.map(say).toSorted()]))
}

function sayKind(status: string, { Availability, Labels }: NodePicture['spec'] = {}): string {
  return [status, Availability, ...Object.entries(Labels ?? {}).map(label => label.join('='))].join(' ')
}

/** Where the tasks of the past have been is chance upon chance: only how many are on all nodes of a kind is certain. */
function addUp(kinds: TasksByKind): Readonly<Record<string, string>> {
  const flat = (nodes: readonly string[]) => nodes.flatMap(services => services.split(', ')).filter(Boolean)
  return Object.fromEntries(Object.entries(kinds).map(([kind, nodes]) => [kind, flat(nodes).toSorted().join(', ')]))
}
