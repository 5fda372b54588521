import { explainFailure } from '../../app/explain-failure.ts'
import { sayKey } from '../../app/key-groups.ts'
import type { Link, State } from '../../app/state.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { Area } from '../layout.ts'
import { hostName, retryWords } from '../link-words.ts'
import { Card, cardTextWidth, paragraph } from '../overlays/card.tsx'
import { type Row, span } from '../row.ts'
import { DANGER, KEY, type Look, type Looks, PLAIN, QUIET } from '../theme.ts'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** Before the first reading: whom we ask, and if there is no answer, why and what is tried next. */
export function NoReading({ state, body, looks }: Props) {
  const width = cardTextWidth(body)
  const paragraphs = sayLink(state.polling.link, state)
  const rows: readonly Row[] = [
    ...paragraphs.flatMap(({ text, look }) => paragraph(text, width, looks, look)),
    [],
    [...keySpans(state, 'read-now', ' asks at once   '), ...keySpans(state, 'leave', ' quits')],
  ]
  return <Card body={body} title={state.settings.source.name} rows={rows} looks={looks} />
}

function keySpans(state: State, name: string, words: string): Row {
  const key = sayKey(state, name, own => own)
  return key === '' ? [] : [span(key, KEY), span(words, QUIET)]
}

type Said = { readonly text: string; readonly look: Look }

function sayLink(link: Link, state: State): readonly Said[] {
  const host = hostName(state, state.polling.host)
  switch (link.kind) {
    case 'live':
    case 'connecting':
      return [{ text: `Asking ${host} for a first reading`, look: PLAIN }]
    case 'late':
      return [{ text: `${host} has not answered for ${shortAge(state.now - link.since)}`, look: PLAIN }]
    case 'no-leader':
      return [
        { text: `${host} answers, but its swarm has no leader`, look: DANGER },
        {
          text: 'An election usually takes 10 to 20 s. Without a majority of its managers there is none.',
          look: PLAIN,
        },
      ]
    case 'failed':
      return [
        { text: explainFailure(state, link.problem), look: DANGER },
        { text: retryWords(link, state), look: QUIET },
      ]
    default:
      return assertNever(link)
  }
}
