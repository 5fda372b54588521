import assert from 'node:assert/strict'
import type { ApiService } from '../../source/api/service.ts'
import { compareNaturally } from '../../source/rules/natural-order.ts'
import {
  type AT_HAND,
  driveSwarm,
  EPOCH_MS,
  type SimulatedSwarm,
  serviceSpec,
  simulatedSwarm,
} from '../helpers/simulated-swarm.ts'

/**
 * Plays a scenario script: lines that begin with `$` are commands, what follows up to the next empty line or command is
 * the output that is expected. Says the script again with the output that there really was.
 */
export function playScript(text: string): string {
  const lines = text.split('\n').filter((line, index, all) => !isOutput(line, index, all))
  const images: Record<string, Partial<typeof AT_HAND>> = {}
  let swarm: SimulatedSwarm | null = null
  const played: string[] = []
  for (const line of lines) {
    played.push(line)
    if (!line.startsWith('$ ')) continue
    const [name = '', ...words] = line.slice(2).split(' ')
    if (name === 'image') {
      assert.equal(swarm, null, 'Images are told before anything happens')
      images[words[0] ?? ''] = readImage(words.slice(1))
    } else {
      swarm ??= simulatedSwarm({ images: { redis: {}, ...images } })
      const command = COMMANDS[name]
      assert.ok(command, `There is no command ${name}`)
      played.push(...command(swarm, words))
    }
  }
  return played.join('\n')
}

function isOutput(line: string, index: number, all: readonly string[]): boolean {
  if (line === '' || line.startsWith('$ ') || line.startsWith('#')) return false
  return index > 0 && (all[index - 1]?.startsWith('$ ') === true || isOutput(all[index - 1] ?? '', index - 1, all))
}

type Command = (swarm: SimulatedSwarm, words: readonly string[]) => readonly string[]

const COMMANDS: Readonly<Record<string, Command>> = {
  create: (swarm, [name = '', ...words]) => {
    const options = readOptions(words)
    swarm.create(
      serviceSpec(name, {
        ...(options.image !== undefined && { image: options.image }),
        replicas: options.global === undefined ? Number(options.replicas ?? 1) : 'global',
        ...(options.memory !== undefined && { memoryBytes: Number(options.memory) }),
        ...(options.constraint !== undefined && { constraints: [options.constraint] }),
        ...(options['max-per-node'] !== undefined && { maxReplicasPerNode: Number(options['max-per-node']) }),
        ...(options['max-attempts'] !== undefined && {
          restart: { Condition: 'any', Delay: 5e9, MaxAttempts: Number(options['max-attempts']) },
        }),
        update: {
          Parallelism: Number(options.parallelism ?? 1),
          Delay: durationMs(options.delay ?? '0s') * 1e6,
          Monitor: 5e9,
          FailureAction: options['failure-action'] ?? 'pause',
          Order: options.order ?? 'stop-first',
        },
      }),
    )
    return []
  },
  update: (swarm, [name = '', ...words]) => {
    const options = readOptions(words)
    const answer = swarm.changeService(name, spec => ({
      ...spec,
      ...(options.replicas !== undefined && { Mode: { Replicated: { Replicas: Number(options.replicas) } } }),
      TaskTemplate: {
        ...spec.TaskTemplate,
        ForceUpdate: (spec.TaskTemplate?.ForceUpdate ?? 0) + (options.force === undefined ? 0 : 1),
        ContainerSpec: {
          ...spec.TaskTemplate?.ContainerSpec,
          ...(options.image !== undefined && { Image: options.image }),
        },
      },
    }))
    return answer.status === 200 ? [] : [answer.body.trim()]
  },
  rollback: (swarm, [name = '']) => {
    const service = swarm.call('GET', `/services/${name}`).value as ApiService
    const path = `/services/${name}/update?rollback=previous&version=${service.Version?.Index}`
    const answer = swarm.call('POST', path, service.Spec)
    return answer.status === 200 ? [] : [answer.body.trim()]
  },
  rm: (swarm, [name = '']) => {
    const answer = swarm.call('DELETE', `/services/${name}`)
    return answer.status === 200 ? [] : [answer.body.trim()]
  },
  node: (swarm, [name = '', ...words]) => {
    const { availability, role, via, ...labels } = readOptions(words)
    const answer = asking(swarm, via).changeNode(name, {
      ...(availability !== undefined && { Availability: availability }),
      ...(role !== undefined && { Role: role }),
      ...(Object.keys(labels).length > 0 && { Labels: labels as Readonly<Record<string, string>> }),
    })
    return answer.status === 200 ? [] : [answer.body.trim()]
  },
  kill: (swarm, [place = '']) => {
    const [name = '', slot = ''] = place.split('.')
    const task = swarm.tasks(name).find(({ Slot, Status }) => String(Slot) === slot && Status?.State === 'running')
    assert.ok(task, `${place} does not run`)
    swarm.simulator.inject({ kind: 'kill-container', taskId: task.ID, exitCode: 137 })
    return []
  },
  advance: (swarm, [duration = '']) => {
    swarm.pass(durationMs(duration))
    return []
  },
  ps: (swarm, [name = '']) => {
    const hostnames = new Map(swarm.nodes().map(node => [node.ID, node.Description?.Hostname ?? '']))
    const now = EPOCH_MS + swarm.simulator.world.now
    const rows = swarm.tasks(name).map(task => ({
      place: `${name}.${task.Slot ?? hostnames.get(task.NodeID ?? '')}`,
      createdAt: task.CreatedAt ?? '',
      cells: [
        task.Spec?.ContainerSpec?.Image ?? '',
        hostnames.get(task.NodeID ?? '') ?? '-',
        capitalise(task.DesiredState ?? ''),
        `${capitalise(task.Status?.State ?? '')} ${seconds(now - Date.parse(task.Status?.Timestamp ?? ''))}`,
        task.Status?.Err === undefined ? '' : JSON.stringify(task.Status.Err),
      ],
    }))
    rows.sort((one, other) => compareNaturally(one.place, other.place) || (one.createdAt < other.createdAt ? 1 : -1))
    return columns(
      rows.map(({ place, cells }, index) => [rows[index - 1]?.place === place ? ` \\_ ${place}` : place, ...cells]),
    )
  },
  ls: swarm =>
    columns(
      swarm
        .services()
        .toSorted((one, other) => compareNaturally(one.Spec?.Name ?? '', other.Spec?.Name ?? ''))
        .map(service => [
          service.Spec?.Name ?? '',
          `${service.ServiceStatus?.RunningTasks}/${service.ServiceStatus?.DesiredTasks}`,
          service.Spec?.TaskTemplate?.ContainerSpec?.Image ?? '',
          service.UpdateStatus?.State ?? '',
          (service.UpdateStatus?.Message ?? '').replace(/task \w{25}/, 'task <id>'),
        ]),
    ),
  nodes: (swarm, words) =>
    columns(
      asking(swarm, readOptions(words).via)
        .nodes()
        .toSorted((one, other) => compareNaturally(one.Description?.Hostname ?? '', other.Description?.Hostname ?? ''))
        .map(node => [
          node.Description?.Hostname ?? '',
          capitalise(node.Status?.State ?? ''),
          capitalise(node.Spec?.Availability ?? ''),
          node.ManagerStatus?.Leader === true ? 'Leader' : capitalise(node.ManagerStatus?.Reachability ?? ''),
        ]),
    ),
  spread: (swarm, [name = '']) => {
    const running = swarm.tasks(name).filter(task => task.Status?.State === 'running')
    const counts = swarm
      .nodes()
      .map(node => [node.Description?.Hostname ?? '', String(running.filter(task => task.NodeID === node.ID).length)])
    return columns(counts.toSorted(([one = ''], [other = '']) => compareNaturally(one, other)))
  },
}

/** The same swarm through another machine. */
function asking(swarm: SimulatedSwarm, machine: string | undefined): SimulatedSwarm {
  return machine === undefined ? swarm : driveSwarm(swarm.simulator, machine)
}

function readOptions(words: readonly string[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    words.map(word => {
      const at = word.indexOf('=')
      return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)]
    }),
  )
}

function readImage(words: readonly string[]): Partial<typeof AT_HAND> {
  const options = readOptions(words)
  const afterMs = durationMs(options.after ?? '0s')
  return {
    ...(options['ignores-signal'] !== undefined && { stopMs: 'ignores-signal' }),
    ...(options.missing !== undefined && { isMissing: true }),
    ...(options.exit !== undefined && { exit: { chance: 1, afterMs: [afterMs, afterMs], code: Number(options.exit) } }),
  }
}

function durationMs(text: string): number {
  const unit = text.endsWith('ms') ? 1 : text.endsWith('m') ? 60_000 : 1_000
  return Math.round(Number.parseFloat(text) * unit)
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)}s`
}

function capitalise(word: string): string {
  return word === '' ? '' : `${word[0]?.toUpperCase()}${word.slice(1)}`
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
