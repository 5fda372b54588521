import { type DocumentLine, textOfLine } from '../inspect/document.ts'
import { shownLines } from '../inspect/shown-document.ts'
import type { RowSource } from './row-source.ts'

/** The lines of the object that is inspected. */
export const INSPECT_ROWS: RowSource<DocumentLine> = {
  all: shownLines,
  idOf: ({ path }) => path,
  fieldsOf: line => ({ name: textOfLine(line) }),
  columns: [],
}
