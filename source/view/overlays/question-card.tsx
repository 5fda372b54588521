import type { AskedQuestion } from '../../app/acting-state.ts'
import { otherDrain } from '../../app/asking.ts'
import { NO_PLAN, SHOWN_COMMANDS } from '../../app/scrolling-question.ts'
import type { Consequence } from '../../operations/operation.ts'
import type { Area } from '../layout.ts'
import { cutStart, type Row, rowWidth, span } from '../row.ts'
import { glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, STRONG, weightLook } from '../theme.ts'
import { visibleText } from '../visible-text.ts'
import { Card, cardTextWidth, paragraph } from './card.tsx'

type Props = {
  readonly body: Area
  readonly asked: AskedQuestion
  /** Whether it hears keys yet. */
  readonly isArmed: boolean
  /** Whether it waits for its plan before it can be answered. */
  readonly isPlanAwaited: boolean
  readonly looks: Looks
}

/** What will be done, what that means, and how the docker CLI says it, before anything is done. */
export function QuestionCard({ body, asked, isArmed, isPlanAwaited, looks }: Props) {
  const { question } = asked
  const width = cardTextWidth(body)
  const commands = commandRows(question.commands, width, looks)
  const answers = answerRows(asked, isArmed, width, looks)
  const room = Math.max(1, body.height - FRAME_ROWS - commands.length - answers.length)
  const consequences = question.consequences.flatMap(consequence => consequenceRows(consequence, width, looks))
  const lines = [...consequences, ...planningRows(asked, isPlanAwaited, width, looks)]
  const rows = [[], ...scrolled(lines, asked.offset, room), [], ...commands, [], ...answers]
  return <Card body={body} title={question.title} rows={rows} looks={looks} />
}

/** The border and three blank lines: these, the commands and the answers are there whatever has to be cut. */
const FRAME_ROWS = 5

/** Those of many things are alike: the first ones tell how it is done. */
function commandRows(commands: readonly string[], width: number, looks: Looks): readonly Row[] {
  const shown = commands.slice(0, SHOWN_COMMANDS)
  const more = commands.length - shown.length
  return [
    ...shown.flatMap(command => paragraph(command, width, looks, KEY, '$ ')),
    ...(more === 0 ? [] : [[span(`  and ${more} more`, QUIET)]]),
  ]
}

/** All of it, or as much as fits from where it is scrolled to, and how much there is. */
function scrolled(lines: readonly Row[], offset: number, room: number): readonly Row[] {
  if (lines.length <= room) return lines
  const height = Math.max(1, room - 1)
  const first = Math.min(offset, lines.length - height)
  const where = `  lines ${first + 1}-${first + height} of ${lines.length}: arrows, PgUp and PgDn show the others`
  return [...lines.slice(first, first + height), [span(where, STRONG)]].slice(0, room)
}

/** That there is no plan yet, or none at all: whoever reads must not take its silence for good news. */
function planningRows({ planning }: AskedQuestion, isAwaited: boolean, width: number, looks: Looks): readonly Row[] {
  if (planning === null || planning.result?.kind === 'plan') return []
  if (planning.result?.kind === 'failed') {
    const text = `${NO_PLAN}${planning.result.text}`
    return paragraph(text, width, looks, weightLook('warning'), `${glyphsOf(looks).warning} `)
  }
  const text = isAwaited ? 'planning what will move …' : 'planning what will move takes long: you may answer without it'
  return paragraph(text, width, looks, QUIET, '  ')
}

function consequenceRows({ weight, text }: Consequence, width: number, looks: Looks): readonly Row[] {
  const sign = weight === 'info' ? '  ' : `${glyphsOf(looks).warning} `
  return paragraph(text, width, looks, weightLook(weight), sign)
}

/** The answer that Enter gives stands between pointers, so that it is known where colours are not. */
function answerRows(
  { request, question, answer, typed }: AskedQuestion,
  isArmed: boolean,
  width: number,
  looks: Looks,
): readonly Row[] {
  const { confirmation } = question
  if (confirmation.kind === 'type') return typingRows(confirmation.name, typed, isArmed, width, looks)
  const { pointer } = glyphsOf(looks)
  return [
    [
      ...button('Yes', answer === 'yes', pointer),
      span('   '),
      ...button('No', answer === 'no', pointer),
      ...(isArmed ? answerHint(otherDrain(request)) : [span(READ_FIRST, QUIET)]),
    ],
  ]
}

function answerHint(other: ReturnType<typeof otherDrain>): Row {
  if (other === null) return [span('   y / n, Tab changes, Enter answers, Esc is no', QUIET)]
  const way = other.kind === 'graceful-drain' ? ' gracefully' : ' plainly'
  return [span('   y / n, ', QUIET), span('g', KEY), span(way), span(', Tab changes, Esc is no', QUIET)]
}

const READ_FIRST = '   read first'

/** What has to be typed, and what has been, in one line where there is room for both: of that the end, if it is too long. */
function typingRows(name: string, typed: string, isArmed: boolean, width: number, looks: Looks): readonly Row[] {
  const wanted: Row = [span('type '), span(name, STRONG), span(' to do it: ')]
  const hint = span(isArmed ? '   Esc is no' : READ_FIRST, QUIET)
  const besides = rowWidth([span(glyphsOf(looks).caret), hint], looks)
  const left = width - rowWidth(wanted, looks) - besides
  const isOne = left > rowWidth([span(name)], looks)
  const shown = cutStart(visibleText(typed, looks.isAscii), isOne ? left : width - besides, looks)
  const own: Row = [span(shown, KEY), span(glyphsOf(looks).caret, KEY), hint]
  return isOne ? [[...wanted, ...own]] : [wanted, own]
}

function button(name: string, isChosen: boolean, pointer: string): Row {
  const look: Look = isChosen ? { ...KEY, inverse: true } : PLAIN
  return [span(isChosen ? `${pointer} ` : '  ', KEY), span(`[ ${name} ]`, look)]
}
