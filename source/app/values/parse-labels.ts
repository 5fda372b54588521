import type { LabelChange } from '../../operations/operation.ts'

/**
 * `zone=a note="two words" disk-`: what is set, and behind a name that ends in `-` what is taken away; or what is wrong with
 * it, in one sentence.
 */
export function parseLabelChange(text: string): LabelChange | string {
  const words = text.match(WORDS) ?? []
  if (words.length === 0) return 'Which labels? As in zone=a, or zone- to take one away'
  const set: [name: string, value: string][] = []
  const unset: string[] = []
  for (const word of words) {
    if (word.split('"').length % 2 === 0) return `A quote is not closed: ${word}`
    const at = word.indexOf('=')
    const name = (at < 0 ? word.replace(/-$/, '') : word.slice(0, at)).replaceAll('"', '')
    if (at < 0 && !word.endsWith('-')) return `"${word}" is no label: ${word}=VALUE sets it, ${word}- takes it away`
    if (name === '' || /\s/.test(name)) return `"${word}" has no name before ${at < 0 ? '-' : '='}`
    if (at < 0) unset.push(name)
    else set.push([name, unquote(word.slice(at + 1))])
  }
  const names = set.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return `"${twice}" is set twice`
  const both = unset.find(name => names.includes(name))
  if (both !== undefined) return `"${both}" is both set and taken away`
  return { set: Object.fromEntries(set), unset: [...new Set(unset)] }
}

/** Blanks divide them, but not between quotes. */
const WORDS = /(?:[^\s"]|"[^"]*"?)+/g

const unquote = (value: string): string => value.replaceAll('"', '')
