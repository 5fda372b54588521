import { inspect } from 'node:util'
import type { Difference } from './compare.ts'

/** The differences as a person reads them, those of one step together. */
export function tell(differences: readonly Difference[]): string {
  const steps = Map.groupBy(differences, ({ where }) => where)
  return [...steps].map(([where, found]) => [where, ...found.map(tellOne)].join('\n')).join('\n')
}

function tellOne({ path, lab, simulator }: Difference): string {
  return `  ${path}\n    lab        ${show(lab)}\n    simulator  ${show(simulator)}`
}

function show(value: unknown): string {
  const text =
    typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 110, maxStringLength: 2_000 })
  return (text || "''").replaceAll('\n', '\n               ')
}
