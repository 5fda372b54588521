import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import type { DocumentLine, DocumentLook, LinePiece } from '../../app/inspect/document.ts'
import { nameIn, preparedDocument } from '../../app/inspect/document-lines.ts'
import { usersOfObject } from '../../app/inspect/object-users.ts'
import { hitsIn } from '../../app/inspect/search-document.ts'
import {
  changedSince,
  countMasked,
  isRevealed,
  type ShownDocument,
  shownDocument,
} from '../../app/inspect/shown-document.ts'
import { sayKey } from '../../app/key-groups.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import type { State } from '../../app/state.ts'
import { counted } from '../../rules/counted.ts'
import { MASK } from '../../swarm/masking.ts'
import { Line } from '../line.tsx'
import { ListPanel, listWidth } from '../list-panel.tsx'
import { resourceWords } from '../resource-words.ts'
import { dropStart, joinRows, type Row, span } from '../row.ts'
import { FIELD, glyphsOf, HIT, type Look, type Looks, PLAIN, QUIET, titleLook, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** An object as the engine tells it, line by line. What has changed since it was opened has a mark. */
export function InspectPanel({ state, area, title, looks }: ScreenPanelProps) {
  const shown = shownDocument(state)
  if (shown === null) return null
  const { waiting, age, problem } = resourceWords(state, { kind: 'object', object: shown.ref }, area.width - 2, looks)
  const isFocused = currentView(state).focus === 'inspect'
  const header = usersRow(state, shown)
  const width = listWidth(area)
  return (
    <Box flexDirection="column">
      <ListPanel
        area={{ ...area, height: area.height - problem.length }}
        title={titleRow(state, shown, title, isFocused)}
        note={noteRow(state, age, looks)}
        isPlaced
        {...(header === null ? {} : { header })}
        items={rowsOf(state, 'inspect')}
        idOf={({ path }) => path}
        rowOf={line => lineRow(line, shown.look, width, looks)}
        selectedId={selectedId(state, 'inspect')}
        marks={changedLines(state)}
        isFocused={isFocused}
        emptyText={waiting ?? 'the engine answered with something that is no object'}
        looks={looks}
      />
      {problem.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={[span(' '), ...row]} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}

/** `Inspect service api  YAML  </redis> 3/17`. */
function titleRow(state: State, shown: ShownDocument, title: Row, isFocused: boolean): Row {
  const { ref, look, showing, object } = shown
  const name = (object === null ? '' : nameIn(preparedDocument(object, showing).value)) || ref.id
  const search = searchWords(state, shown)
  return [
    ...title,
    span(` ${ref.kind} ${name}`, titleLook(isFocused)),
    span(`  ${look.format.toUpperCase()}`, QUIET),
    ...(search === '' ? [] : [span(`  ${search}`, WARNING)]),
  ]
}

function searchWords(state: State, shown: ShownDocument): string {
  const { search } = shown.look
  if (search === '') return ''
  const hits = hitsIn(shown)
  const place = hits.indexOf(selectedId(state, 'inspect') ?? '')
  const count = place < 0 ? counted(hits.length, 'hit') : `${place + 1}/${hits.length}`
  return `</${search}> ${count}`
}

function noteRow(state: State, age: Row, looks: Looks): Row {
  const { values } = changedSince(state)
  const masked = countMasked(state)
  const { mark, separator, warning } = glyphsOf(looks)
  const parts: readonly Row[] = [
    ...(values.size === 0 ? [] : [[span(`${mark} changed since opened`, WARNING)]]),
    ...(isRevealed(state) ? [[span(`${warning} nothing is masked`, WARNING)]] : []),
    ...(masked === 0 ? [] : [[span(`${masked} masked${sayKey(state, 'reveal', key => `, ${key} shows`)}`, QUIET)]]),
    ...(age.length === 0 ? [] : [age]),
  ]
  return joinRows(parts, span(` ${separator} `, QUIET))
}

function usersRow(state: State, { ref }: ShownDocument): Row | null {
  const users = usersOfObject(state, ref)
  if (users === null) return null
  return [
    span('used by ', QUIET),
    span(users.length === 0 ? 'nobody' : users.join(' '), users.length === 0 ? QUIET : PLAIN),
  ]
}

/** Only lines that are there are asked for, so a set that is large costs nothing. */
function changedLines(state: State): readonly string[] {
  const { values, holders } = changedSince(state)
  if (values.size === 0) return NONE
  return rowsOf(state, 'inspect')
    .filter(({ path, shows, fold }) => values.has(shows) || (fold === 'closed' && holders.has(path)))
    .map(({ path }) => path)
}

const NONE: readonly string[] = []

function lineRow({ pieces, fold }: DocumentLine, { search, shift }: DocumentLook, width: number, looks: Looks): Row {
  const room = (width + shift) * MOST_UNITS_A_CELL
  const spans = pieces.map(({ text, role }) => span(text.slice(0, room).replaceAll('\t', TAB), lookOf(role, fold)))
  const masked = highlight(spans, MASK, WARNING)
  return dropStart(search === '' ? masked : highlight(masked, search, HIT), shift, looks)
}

/** A character with all that stands on it takes few more; what is longer is cut before it is measured. */
const MOST_UNITS_A_CELL = 8
const TAB = '    '

function lookOf(role: LinePiece['role'], fold: DocumentLine['fold']): Look {
  if (role === 'key') return fold === 'none' ? FIELD : { ...FIELD, bold: true }
  return ROLE_LOOKS[role]
}

const ROLE_LOOKS: Readonly<Record<LinePiece['role'], Look>> = {
  blank: PLAIN,
  key: FIELD,
  sign: QUIET,
  text: PLAIN,
  value: PLAIN,
  note: QUIET,
}

/** The row with another look wherever these words stand in it, be it over the border of two pieces. */
function highlight(row: Row, words: string, look: Look): Row {
  const text = row.map(piece => piece.text).join('')
  const found = Array.from(
    text.matchAll(new RegExp(words.replace(REGEXP_SIGNS, '\\$&'), 'gi')),
    ({ index, 0: hit }) => ({
      start: index,
      end: index + hit.length,
    }),
  )
  if (found.length === 0) return row
  let start = 0
  return row.flatMap(piece => {
    const begin = start
    start += piece.text.length
    return splitAt(
      piece.text,
      found.flatMap(hit => [hit.start - begin, hit.end - begin]),
    ).map(({ from, part }) => {
      const isHit = found.some(hit => from + begin >= hit.start && from + begin < hit.end)
      return span(part, isHit ? look : piece.look)
    })
  })
}

const REGEXP_SIGNS = /[\\^$.*+?()[\]{}|]/g

function splitAt(text: string, places: readonly number[]): readonly { readonly from: number; readonly part: string }[] {
  const borders = [0, ...places.filter(place => place > 0 && place < text.length), text.length]
  return borders.slice(0, -1).map((from, index) => ({ from, part: text.slice(from, borders[index + 1]) }))
}
