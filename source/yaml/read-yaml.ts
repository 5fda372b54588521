import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** Lists and maps of text, as written: `1.10` stays `1.10`, and each reader says what it takes a text for. */
export type YamlValue = string | readonly YamlValue[] | { readonly [key: string]: YamlValue }

/** A part of the file: keys and numbers of list entries from the outermost in. */
export type YamlPath = readonly (string | number)[]

export type YamlProblem = { readonly line: number; readonly column: number; readonly text: string }

export type YamlFile = {
  readonly value: YamlValue
  /** Where a part stands, or the innermost part around it that is there; line and column count from 1. */
  readonly locate: (path: YamlPath) => { readonly line: number; readonly column: number }
}

const LONGEST = 500_000
const DEEPEST = 16
const TOO_DEEP = `Lists and maps are more than ${DEEPEST} deep in each other here: none has to be`

/**
 * Reads YAML of which nothing is expected. What plain data does not need is refused: anchors and aliases, with which a
 * short file describes an endless one, tags, several documents, keys that are no text.
 */
export function readYaml(text: string): YamlFile | { readonly problems: readonly YamlProblem[] } {
  if (text.length > LONGEST)
    return onlyProblem(`The file has over ${LONGEST} characters: no file that is read here needs that many`)
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  })
  const problems: YamlProblem[] = []
  const complain = (offset: number, sentence: string) => problems.push({ ...positionAt(lines, offset), text: sentence })
  const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  for (const { pos, code, message } of exhausted ? [exhausted] : document.errors) {
    complain(pos[0], SENTENCES[code] ?? message)
  }
  if (problems.length > 0) return { problems }

  const offsets = new Map<string, number>()
  const value = toValue(document.contents, [], offsets, complain)
  if (problems.length > 0) return { problems }
  return {
    value,
    locate: path => {
      let length = path.length
      while (length > 0 && !offsets.has(JSON.stringify(path.slice(0, length)))) length--
      return positionAt(lines, offsets.get(JSON.stringify(path.slice(0, length))) ?? 0)
    },
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: TOO_DEEP,
  MULTIPLE_DOCS: 'A second document begins here: the file is one document, leave out the --- and what follows',
  TAB_AS_INDENT: 'Lines are indented with spaces, not with tabs',
}

/** A key is located at itself, the entry of a list at its value. */
function toValue(
  node: unknown,
  path: YamlPath,
  offsets: Map<string, number>,
  complain: (offset: number, sentence: string) => void,
): YamlValue {
  const offset = (node as Node | null)?.range?.[0] ?? 0
  const place = JSON.stringify(path)
  if (!offsets.has(place)) offsets.set(place, offset)
  if (path.length > DEEPEST) {
    complain(offset, TOO_DEEP)
    return ''
  }
  if (isAlias(node)) {
    complain(offset, `Aliases are not read here: write out what *${node.source} stands for`)
    return ''
  }
  if (!isScalar(node) && !isSeq(node) && !isMap(node)) return ''
  if (node.anchor !== undefined) complain(offset, `Anchors are not read here: leave out &${node.anchor}`)
  if (node.tag !== undefined) complain(offset, `Tags are not read here: leave out ${shortTag(node.tag)}`)
  if (isScalar(node)) return typeof node.value === 'string' ? node.value : ''
  if (isSeq(node)) return node.items.map((item, index) => toValue(item, [...path, index], offsets, complain))

  const entries: [string, YamlValue][] = []
  const names = new Set<string>()
  for (const { key, value } of node.items) {
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : ''
    const keyOffset = (key as Node | null)?.range?.[0] ?? offset
    if (name === '' || name === '__proto__') complain(keyOffset, 'A key is a word of text: this is none')
    if (names.has(name)) complain(keyOffset, `The key ${name} stands twice in the same map: leave one of them out`)
    names.add(name)
    offsets.set(JSON.stringify([...path, name]), keyOffset)
    entries.push([name, toValue(value, [...path, name], offsets, complain)])
  }
  return Object.fromEntries(entries)
}

function shortTag(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!')
}

function onlyProblem(text: string): { readonly problems: readonly YamlProblem[] } {
  return { problems: [{ line: 1, column: 1, text }] }
}

function positionAt(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
