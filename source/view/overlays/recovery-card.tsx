import { type RecoveryCard as Content, chosenLine, type RecoveryChoice } from '../../app/recovering.ts'
import type { State } from '../../app/state.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { RemainingStep } from '../../swarm/forced-cluster.ts'
import type { Recovery } from '../../swarm/recovery.ts'
import type { Area } from '../layout.ts'
import { BORDER_ROWS } from '../panel.tsx'
import { type Row, type Span, span } from '../row.ts'
import { DANGER, GOOD, glyphsOf, KEY, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { Card, cardTextWidth, paragraph } from './card.tsx'

type Props = { readonly state: State; readonly card: Content; readonly body: Area; readonly looks: Looks }

/** How this very swarm gets its majority back, and what remains to be done where that was done by force. */
export function RecoveryCard({ state, card, body, looks }: Props) {
  if (card.kind === 'remaining') {
    const rows = remainingRows(card.steps, chosenLine(state, card), cardTextWidth(body), looks)
    return <Card body={body} title={`After the new cluster on ${card.survivor}`} rows={rows} looks={looks} />
  }
  const { link } = state.polling
  const since = link.kind === 'no-leader' ? ` for ${shortAge(state.now - link.since)}` : ''
  const versions = DETAILS.map(detail => lostRows(state, card, detail, cardTextWidth(body), looks))
  const rows = versions.find(({ length }) => length <= body.height - BORDER_ROWS) ?? versions.at(-1) ?? []
  return <Card body={body} title={`No quorum${since}`} rows={rows} looks={looks} />
}

/** The most that there is room for is told: in brief what to do, at the least without what comes after. */
const DETAILS = ['whole', 'brief', 'least'] as const
type Detail = (typeof DETAILS)[number]

function lostRows(
  state: State,
  card: Content & { readonly kind: 'lost' },
  detail: Detail,
  width: number,
  looks: Looks,
): readonly Row[] {
  const { recovery, choices } = card
  const { members, majority, needed, candidates, survivor } = recovery
  const lines = (text: string, look = PLAIN) => paragraph(text, width, looks, look)
  const plenty = (...rows: readonly Row[]) => (detail === 'whole' ? rows : [])
  return [
    ...plenty(
      ...lines(
        `${majority} of the ${members} managers must be up, and they are not. Tasks that run go on running.`,
        DANGER,
      ),
      ...lines(standing(recovery), QUIET),
      [],
      [span('First choice: bring managers back', STRONG)],
    ),
    ...lines(
      candidates.length === 0
        ? 'Every manager answered in the last reading: look for a network that is cut between them.'
        : `Bring back ${needed} of: ${candidates.join(', ')}. Nothing else has to be done then.`,
    ),
    ...plenty([]),
    ...(detail === 'least'
      ? lines(`Only when they are lost for good, on ${survivor ?? 'one that still runs'} alone:`)
      : [[span('Only when they are lost for good', STRONG)], ...lines(sayWhere(survivor))]),
    ...paragraph(recovery.command, width, looks, KEY, '$ '),
    ...plenty(...lines('It keeps services, networks, secrets, configs and workers; its own tasks are started anew.')),
    ...(detail === 'least' ? [] : lines(afterwards(recovery), WARNING)),
    ...plenty([]),
    ...choiceRows(state, choices, chosenLine(state, card), detail, looks),
    hintRow(choices.length > 0 && state.recovering.underWay === null),
  ]
}

const sayWhere = (survivor: string | null): string =>
  survivor === null
    ? 'On one manager that still runs, and on no other (ADDRESS is its own):'
    : `On ${survivor}, and there only:`

function standing({ answered, silent }: Recovery): string {
  const last = answered.length === 0 ? 'none' : answered.join(', ')
  return `In the last reading: reachable ${last}${silent.length === 0 ? '' : `; unreachable ${silent.join(', ')}`}.`
}

function afterwards({ others, survivor }: Recovery): string {
  const only = `Afterwards ${survivor ?? 'it'} is the only manager`
  return others.length === 0
    ? `${only}: promote others until there are three.`
    : `${only}. Old ones that come back are managers again by themselves; remove those that do not (docker node rm), and promote others until there are three.`
}

/** What can be done from here, which is in a simulation alone. */
function choiceRows(
  { recovering }: State,
  choices: readonly RecoveryChoice[],
  chosen: string | null,
  detail: Detail,
  looks: Looks,
): readonly Row[] {
  if (recovering.underWay !== null) {
    return [[span(`A new cluster is being forced on ${recovering.underWay}; nothing is answered meanwhile.`, STRONG)]]
  }
  if (choices.length === 0) return []
  const { pointer } = glyphsOf(looks)
  return [
    [span('This is a simulation, where it can be done from here', STRONG)],
    ...choices.map(({ id, words }) => [span(id === chosen ? `${pointer} ` : '  ', KEY), span(words)]),
    ...(detail === 'whole' ? [[]] : []),
  ]
}

const hintRow = (hasChoices: boolean): Row => [
  ...(hasChoices ? hint('Enter', 'does it') : []),
  ...hint('Esc', 'closes this card'),
  ...hint('c', 'copies the command', ''),
]

const hint = (key: string, words: string, gap = '  '): readonly Span[] => [
  span(key, KEY),
  span(` ${words}${gap}`, QUIET),
]

function remainingRows(
  steps: readonly RemainingStep[],
  chosen: string | null,
  width: number,
  looks: Looks,
): readonly Row[] {
  const { pointer } = glyphsOf(looks)
  return [
    [],
    ...steps.flatMap(({ id, isDone, text }) =>
      paragraph(text, width, looks, isDone ? GOOD : PLAIN, `${id === chosen ? pointer : ' '} [${isDone ? 'x' : ' '}] `),
    ),
    [],
    [...hint('Enter', 'goes there'), ...hint('Esc', 'puts this away; :recovery brings it back', '')],
  ]
}
