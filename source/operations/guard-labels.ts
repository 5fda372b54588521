import type { LabelChange } from './operation.ts'
import { named } from './phrases.ts'

/** Why labels need not or cannot be changed so; `null` when they can. Source: docker/cli cli/command/node/update.go */
export function guardLabels(
  { set, unset }: LabelChange,
  owner: string,
  labels: Readonly<Record<string, string>>,
): string | null {
  const missing = unset.filter(name => !Object.hasOwn(labels, name))
  if (missing.length > 0) {
    const present = Object.keys(labels)
    return `${owner} has no label ${named(missing)}; it has ${present.length === 0 ? 'none' : named(present)}`
  }
  const isNew = Object.entries(set).some(([name, value]) => !Object.hasOwn(labels, name) || labels[name] !== value)
  return isNew || unset.length > 0 ? null : `${owner} has these labels already`
}
