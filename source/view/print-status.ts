import { capitalise } from '../rules/capitalise.ts'
import { counted } from '../rules/counted.ts'
import {
  imageWords,
  managerWords,
  modeWords,
  replicasWords,
  servicePortWords,
  updateWords,
} from '../swarm/cli-words.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import type { AdviceReport } from '../swarm/status-report.ts'
import type { Trouble } from '../swarm/trouble.ts'
import { textWidth, wrapText } from './row.ts'
import { visibleText } from './visible-text.ts'

/**
 * One reading as plain text with a line break at its end: the verdict with what is wrong, the managers, then nodes and
 * services as `docker node ls` and `docker service ls` list them, and advice. Nothing in it steers a terminal.
 */
export function printStatus(
  cluster: Cluster,
  advice: readonly AdviceReport[],
  sourceName: string,
  isAscii = false,
): string {
  const { snapshot, nodes, services, verdict, troubles } = cluster
  const size = `${counted(nodes.length, 'node')}, ${counted(services.length, 'service')}`
  const sections = [
    [
      `${sourceName}: ${verdict}, ${size}, ${cluster.running}/${cluster.desired} tasks, Engine ${snapshot.engineVersion}`,
    ],
    troubles.filter(({ severity }) => severity !== 'advice').map(troubleLine),
    [quorumLine(cluster)],
    printTable(NODE_COLUMNS, nodes, isAscii),
    printTable(SERVICE_COLUMNS, services, isAscii),
    printAdvice(advice, isAscii),
  ]
  const text = sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.map(line => visibleText(line, isAscii)).join('\n'))
  return `${text.join('\n\n')}\n`
}

/** The CLI's columns are at least this wide, and three blanks apart. */
const LEAST_COLUMN_WIDTH = 10
const COLUMN_GAP = 3

type PrintedColumn<T> = { readonly title: string; readonly cell: (item: T) => string }

const NODE_COLUMNS: readonly PrintedColumn<ClusterNode>[] = [
  { title: 'HOSTNAME', cell: ({ name, isSelf }) => (isSelf ? `${name} *` : name) },
  { title: 'STATUS', cell: ({ node }) => capitalise(node.state) },
  { title: 'AVAILABILITY', cell: ({ node }) => capitalise(node.availability) },
  { title: 'MANAGER STATUS', cell: ({ node }) => managerWords(node) },
  { title: 'TASKS', cell: ({ running }) => String(running) },
  { title: 'ENGINE VERSION', cell: ({ node }) => node.engineVersion },
]

const SERVICE_COLUMNS: readonly PrintedColumn<ClusterService>[] = [
  { title: 'NAME', cell: ({ service }) => service.name },
  { title: 'MODE', cell: ({ service }) => modeWords(service) },
  { title: 'REPLICAS', cell: replicasWords },
  { title: 'IMAGE', cell: ({ service }) => imageWords(service.image) },
  { title: 'UPDATE', cell: ({ service }) => (service.update === null ? '' : updateWords(service.update)) },
  { title: 'PORTS', cell: ({ service }) => servicePortWords(service) },
]

/** No table for no things: a title row alone says nothing. */
function printTable<T>(columns: readonly PrintedColumn<T>[], items: readonly T[], isAscii: boolean): readonly string[] {
  if (items.length === 0) return []
  const rows = [
    columns.map(({ title }) => title),
    ...items.map(item => columns.map(({ cell }) => visibleText(cell(item), isAscii))),
  ]
  const widths = columns.map((_, index) =>
    Math.max(LEAST_COLUMN_WIDTH, COLUMN_GAP + Math.max(...rows.map(row => textWidth(row[index] ?? '')))),
  )
  return rows.map(row =>
    row
      .map((cell, index) => padEnd(cell, widths[index] ?? 0))
      .join('')
      .trimEnd(),
  )
}

/** Each with why it matters and what helps below it. */
function printAdvice(advice: readonly AdviceReport[], isAscii: boolean): readonly string[] {
  if (advice.length === 0) return []
  return ['ADVICE', ...advice.flatMap(entry => adviceLines(entry, isAscii))]
}

function adviceLines({ severity, subjects, text, why, helps, commands }: AdviceReport, isAscii: boolean) {
  // Slots are told of by their service, which the text names.
  const names = subjects.filter(({ kind }) => kind !== 'slot').map(({ name }) => name)
  const told = names.length > 1 ? `${text}: ${listed(names, MOST_NAMES)}` : text
  const shown = commands.slice(0, MOST_COMMANDS)
  const left = commands.length - shown.length
  return [
    ...wrapped(told, TROUBLE_SIGNS[severity], isAscii),
    ...wrapped(`${why}.`, '', isAscii),
    ...(helps.length === 0 ? [] : wrapped(`${capitalise(helps.join('; '))}.`, '', isAscii)),
    ...shown.map(command => `${INDENT}$ ${command}`),
    ...(left > 0 ? [`${INDENT}… and ${counted(left, 'more command')}`] : []),
  ]
}

const MOST_NAMES = 12
const MOST_COMMANDS = 3
const INDENT = '   '
const PRINTED_COLUMNS = 80

function listed(names: readonly string[], most: number): string {
  const left = names.length - most
  return left > 0 ? `${names.slice(0, most).join(', ')} and ${left} more` : names.join(', ')
}

/** Words are broken where a terminal ends; a command is left whole, so that it can be copied. */
function wrapped(text: string, sign: string, isAscii: boolean): readonly string[] {
  const lines = wrapText(text, PRINTED_COLUMNS - INDENT.length, { ...PLAIN_LOOKS, isAscii })
  return lines.map((line, index) => `${(index === 0 ? sign : '').padEnd(INDENT.length)}${line}`)
}

const PLAIN_LOOKS = { depth: 1, theme: 'safe' } as const

const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)))

function troubleLine({ severity, text }: Trouble): string {
  return `${TROUBLE_SIGNS[severity]} ${text}`
}

const TROUBLE_SIGNS: Readonly<Record<Trouble['severity'], string>> = { critical: '!!', degraded: '! ', advice: '- ' }

function quorumLine({ quorum }: Cluster): string {
  const { members, reachable, majority, canLose, leader } = quorum
  const tolerance = canLose < 0 ? 'no majority' : `can lose ${canLose}`
  const managers = `${reachable} of ${counted(members.length, 'manager')} reachable, majority ${majority}, ${tolerance}`
  return `Managers: ${managers}, leader ${leader?.name ?? 'none'}`
}
