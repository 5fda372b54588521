import type { z } from 'zod'
import { type Complaint, nameOf, sayUnknownKey } from './complaint.ts'

/** The sentences about one issue that the schema found. */
export function sayIssue(issue: z.core.$ZodIssue): readonly Complaint[] {
  const path = issue.path.filter(part => typeof part !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ')
    return issue.keys.map(key => ({ path: [...path, key], text: sayUnknownKey(path, key, known) }))
  }
  return [{ path, text: `${nameOf(path)} ${predicateOf(issue)}` }]
}

function predicateOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return 'should have at least one entry'
  if (issue.code !== 'invalid_type') return issue.message
  if (issue.input === undefined) return 'is missing: write it'
  return `should be ${SHAPES[issue.expected] ?? issue.expected}, not ${shapeOf(issue.input)}`
}

const SHAPES: Readonly<Record<string, string>> = {
  string: 'a single value',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of names and values',
}

function shapeOf(input: unknown): string {
  if (input === '') return 'nothing'
  if (typeof input === 'string') return 'a single value'
  return Array.isArray(input) ? 'a list' : 'a map'
}
