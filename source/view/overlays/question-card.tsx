import type { Consequence, Question } from '../../operations/operation.ts'
import type { Area } from '../layout.ts'
import { type Row, span } from '../row.ts'
import { glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, weightLook } from '../theme.ts'
import { Card, cardTextWidth, paragraph } from './card.tsx'

type Props = {
  readonly body: Area
  readonly question: Question
  readonly answer: 'yes' | 'no'
  readonly looks: Looks
}

/** What will be done, what that means, and how the docker CLI says it, before anything is done. */
export function QuestionCard({ body, question, answer, looks }: Props) {
  const width = cardTextWidth(body)
  const command = paragraph(question.command, width, looks, KEY, '$ ')
  const answers = answerRow(answer, looks)
  const room = body.height - FRAME_ROWS - command.length
  const consequences = question.consequences.flatMap(consequence => consequenceRows(consequence, width, looks))
  const rows = [[], ...consequences.slice(0, Math.max(1, room)), [], ...command, [], answers]
  return <Card body={body} title={question.title} rows={rows} looks={looks} />
}

/** The border, three blank lines and the answers: these and the command are there whatever has to be cut. */
const FRAME_ROWS = 6

function consequenceRows({ weight, text }: Consequence, width: number, looks: Looks): readonly Row[] {
  const sign = weight === 'info' ? '  ' : `${glyphsOf(looks).warning} `
  return paragraph(text, width, looks, weightLook(weight), sign)
}

/** The answer that Enter gives stands between pointers, so that it is known where colours are not. */
function answerRow(answer: 'yes' | 'no', looks: Looks): Row {
  const { pointer } = glyphsOf(looks)
  return [
    ...button('Yes', answer === 'yes', pointer),
    span('   '),
    ...button('No', answer === 'no', pointer),
    span('   y / n, Tab changes, Enter answers, Esc is no', QUIET),
  ]
}

function button(name: string, isChosen: boolean, pointer: string): Row {
  const look: Look = isChosen ? { ...KEY, inverse: true } : PLAIN
  return [span(isChosen ? `${pointer} ` : '  ', KEY), span(`[ ${name} ]`, look)]
}
