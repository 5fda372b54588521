import type { Consequence, Question } from '../../operations/operation.ts'
import type { Area } from '../layout.ts'
import { type Row, span } from '../row.ts'
import { glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, weightLook } from '../theme.ts'
import { Card, cardTextWidth, paragraph } from './card.tsx'

type Props = {
  readonly body: Area
  readonly question: Question
  readonly answer: 'yes' | 'no'
  /** Whether it hears keys yet. */
  readonly isArmed: boolean
  readonly looks: Looks
}

/** What will be done, what that means, and how the docker CLI says it, before anything is done. */
export function QuestionCard({ body, question, answer, isArmed, looks }: Props) {
  const width = cardTextWidth(body)
  const command = paragraph(question.command, width, looks, KEY, '$ ')
  const answers = answerRow(answer, isArmed, looks)
  const room = Math.max(1, body.height - FRAME_ROWS - command.length)
  const consequences = question.consequences.map(consequence => consequenceRows(consequence, width, looks))
  const rows = [[], ...fitConsequences(consequences, room), [], ...command, [], answers]
  return <Card body={body} title={question.title} rows={rows} looks={looks} />
}

/** The border, three blank lines and the answers: these and the command are there whatever has to be cut. */
const FRAME_ROWS = 6

/** All of them, or as many as fit, the gravest first, with how many are left out. */
function fitConsequences(consequences: readonly (readonly Row[])[], room: number): readonly Row[] {
  const all = consequences.flat()
  if (all.length <= room) return all
  const [gravest = [], ...others] = consequences
  const shown: (readonly Row[])[] = [gravest.slice(0, Math.max(1, room - 1))]
  for (const rows of others) {
    if (shown.flat().length + rows.length > room - 1) break
    shown.push(rows)
  }
  const more = [span(`  and ${consequences.length - shown.length} more`, QUIET)]
  return [...shown.flat(), ...(shown.length < consequences.length ? [more] : [])].slice(0, room)
}

function consequenceRows({ weight, text }: Consequence, width: number, looks: Looks): readonly Row[] {
  const sign = weight === 'info' ? '  ' : `${glyphsOf(looks).warning} `
  return paragraph(text, width, looks, weightLook(weight), sign)
}

/** The answer that Enter gives stands between pointers, so that it is known where colours are not. */
function answerRow(answer: 'yes' | 'no', isArmed: boolean, looks: Looks): Row {
  const { pointer } = glyphsOf(looks)
  return [
    ...button('Yes', answer === 'yes', pointer),
    span('   '),
    ...button('No', answer === 'no', pointer),
    span(isArmed ? '   y / n, Tab changes, Enter answers, Esc is no' : '   read first', QUIET),
  ]
}

function button(name: string, isChosen: boolean, pointer: string): Row {
  const look: Look = isChosen ? { ...KEY, inverse: true } : PLAIN
  return [span(isChosen ? `${pointer} ` : '  ', KEY), span(`[ ${name} ]`, look)]
}
