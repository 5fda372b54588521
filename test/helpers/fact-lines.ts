import type { Fact, Piece } from '../../source/app/facts/fact.ts'
import { type Resource, resourceKey } from '../../source/app/resources.ts'
import type { ResourceRef } from '../../source/swarm/resource-ref.ts'
import { NOW } from './api-builders.ts'

/** A page as text: `label: what is told`, a heading as `# heading`, a bar as `[75]`. */
export const linesOf = (facts: readonly Fact[]): readonly string[] => facts.map(lineOf)

/** What a page tells under a label, the lines that go on from it too. */
export function toldUnder(facts: readonly Fact[], label: string): readonly string[] {
  const first = facts.findIndex(fact => fact.label === label)
  if (first < 0) return []
  const more = facts.slice(first + 1)
  const end = more.findIndex(fact => fact.label !== '' || isHeading(fact))
  return [...facts.slice(first, first + 1), ...more.slice(0, end < 0 ? more.length : end)].map(textOf)
}

const lineOf = (fact: Fact): string => {
  if (isHeading(fact)) return `# ${textOf(fact)}`
  return fact.label === '' ? textOf(fact) : `${fact.label}: ${textOf(fact)}`
}

const isHeading = ({ pieces }: Fact): boolean => pieces.some(({ weight }) => weight === 'heading')
const textOf = ({ pieces }: Fact): string => pieces.map(pieceText).join('')
const pieceText = ({ text, bar }: Piece): string => (bar === undefined ? text : `[${Math.round(bar * 100)}] `)

/** What was read besides the reading, as a state holds it. */
export const answered = (ref: ResourceRef, value: unknown): Readonly<Record<string, Resource>> => ({
  [resourceKey(ref)]: { ref, asked: null, askedAt: NOW, value, readAt: NOW, problem: null },
})
