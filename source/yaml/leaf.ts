import { z } from 'zod'
import { parseDuration } from '../rules/parse-duration.ts'
import { parseSize } from '../rules/parse-size.ts'

/** What one text of the file is read as. The sentence about a text that is none of it begins with the thing's name. */
export function leaf<T>(wanted: string, read: (text: string) => T | null) {
  return z.string().transform((text, context) => {
    const value = read(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: `should be ${wanted}, not ${quote(text)}` })
    return z.NEVER
  })
}

export const anyText = leaf('some text', text => (text === '' ? null : text))
export const labelText = z.string()

/** Milliseconds. */
export const duration = leaf('a duration like 250ms, 10s or 1m30s', text => atLeastZero(parseDuration(text)))
/** Milliseconds; before the beginning is below zero. */
export const moment = leaf('a moment like 10s or 1m30s, or -3h for one before the beginning', parseDuration)
export const nanoseconds = duration.transform(ms => ms * 1e6)
export const bytes = leaf('an amount of memory like 256MiB or 8GiB', parseSize)
export const nanoCpus = leaf('a number of CPUs like 4 or 0.25', text => {
  const cpus = parseNumber(text)
  return cpus === null || cpus > 10_000 ? null : Math.round(cpus * 1e9)
})
export const chance = leaf('a share from 0 to 1, like 0.25', text => {
  const share = parseNumber(text)
  return share === null || share > 1 ? null : share
})

export function count(least: number, most: number) {
  return leaf(`a whole number from ${least} to ${most}`, text => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return number >= least && number <= most ? number : null
  })
}

export function oneOf<const Words extends readonly string[]>(words: Words) {
  return leaf(`one of ${words.join(', ')}`, (text): Words[number] | null => (words.includes(text) ? text : null))
}

/** A single entry may stand without the brackets of its list. */
export function listOf<T extends z.ZodType>(entry: T) {
  return z.preprocess(value => (typeof value === 'string' && value !== '' ? [value] : value), z.array(entry).min(1))
}

/** As `listOf`, and an empty one is one, too. */
export function anyListOf<T extends z.ZodType>(entry: T) {
  return z.preprocess(
    value => (typeof value === 'string' ? [value].filter(text => text !== '') : value),
    z.array(entry),
  )
}

/** Refuses what it does not know; the message carries what it does, for who has to find the word that was meant. */
export function mapOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: issue => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
}

/** A map whose keys are names that the file gives. */
export function namesTo<T extends z.ZodType>(value: T) {
  return z.preprocess(given => (given === '' ? {} : given), z.record(z.string(), value))
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)
}

function parseNumber(text: string): number | null {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : null
}

function atLeastZero(ms: number | null): number | null {
  return ms === null || ms < 0 ? null : ms
}
