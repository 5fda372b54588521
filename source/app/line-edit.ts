/** A line that is being typed. `caret`: where it stands, in UTF-16 units. */
export type EditLine = { readonly text: string; readonly caret: number }

/**
 * The line after a key, or null for a key that neither writes nor moves. The keys are those of a shell: `Ctrl+A` and
 * `Ctrl+E` to either end, `Ctrl+W` takes the word before the caret, `Ctrl+U` all that is before it. The caret moves by
 * what a person takes for one character, however it is encoded.
 */
export function editLine(line: EditLine, key: string): EditLine | null {
  const edit = EDITS[key]
  if (edit !== undefined) return edit(line)
  return isCharacter(key) ? insertText(line, key) : null
}

/** The line with a text written where the caret stands. */
export function insertText({ text, caret }: EditLine, inserted: string): EditLine {
  return { text: text.slice(0, caret) + inserted + text.slice(caret), caret: caret + inserted.length }
}

const EDITS: Readonly<Record<string, (line: EditLine) => EditLine>> = {
  space: line => insertText(line, ' '),
  left: line => ({ ...line, caret: before(line) }),
  right: line => ({ ...line, caret: after(line) }),
  home: line => ({ ...line, caret: 0 }),
  end: line => ({ ...line, caret: line.text.length }),
  'ctrl+a': line => ({ ...line, caret: 0 }),
  'ctrl+e': line => ({ ...line, caret: line.text.length }),
  'ctrl+b': line => ({ ...line, caret: before(line) }),
  'ctrl+f': line => ({ ...line, caret: after(line) }),
  backspace: line => cut(line, before(line), line.caret),
  delete: line => cut(line, line.caret, after(line)),
  'ctrl+d': line => cut(line, line.caret, after(line)),
  'ctrl+w': line => cut(line, wordBefore(line), line.caret),
  'ctrl+u': line => cut(line, 0, line.caret),
  'ctrl+k': line => cut(line, line.caret, line.text.length),
}

function cut({ text }: EditLine, from: number, to: number): EditLine {
  return { text: text.slice(0, from) + text.slice(to), caret: from }
}

const before = ({ text, caret }: EditLine): number => caret - (graphemes(text.slice(0, caret)).at(-1)?.length ?? 0)

const after = ({ text, caret }: EditLine): number => caret + (graphemes(text.slice(caret))[0]?.length ?? 0)

const wordBefore = ({ text, caret }: EditLine): number => text.slice(0, caret).search(/\S+\s*$|\s*$/)

const isCharacter = (key: string): boolean => graphemes(key).length === 1

const graphemes = (text: string): readonly string[] => Array.from(SEGMENTER.segment(text), ({ segment }) => segment)

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
