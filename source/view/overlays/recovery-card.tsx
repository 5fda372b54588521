import type { State } from '../../app/state.ts'
import { shortAge } from '../../rules/short-age.ts'
import { planRecovery, type Recovery } from '../../swarm/recovery.ts'
import type { Area } from '../layout.ts'
import { BORDER_ROWS } from '../panel.tsx'
import { type Row, span } from '../row.ts'
import { DANGER, KEY, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { Card, cardTextWidth, paragraph } from './card.tsx'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** How this very swarm gets its majority back: the machines by name, and the last resort as a command to copy. */
export function RecoveryCard({ state, body, looks }: Props) {
  const { reading, polling } = state
  if (reading === null) return null
  const survivor = polling.host === reading.host ? reading.cluster.snapshot.self.nodeId : null
  const recovery = planRecovery(reading.cluster, survivor)
  const since = polling.link.kind === 'no-leader' ? ` for ${shortAge(state.now - polling.link.since)}` : ''
  const whole = recoveryRows(recovery, cardTextWidth(body), false, looks)
  const rows =
    whole.length > body.height - BORDER_ROWS ? recoveryRows(recovery, cardTextWidth(body), true, looks) : whole
  return <Card body={body} title={`No quorum${since}`} rows={rows} looks={looks} />
}

/** `isBrief`: what to do and no more, for screens where else the command would be cut off. */
function recoveryRows(recovery: Recovery, width: number, isBrief: boolean, looks: Looks): readonly Row[] {
  const { members, majority, needed, candidates, survivor } = recovery
  const lines = (text: string, look = PLAIN) => paragraph(text, width, looks, look)
  const plenty = (...rows: readonly Row[]) => (isBrief ? [] : rows)
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
    [span('Only when they are lost for good', STRONG)],
    ...lines(
      survivor === null
        ? 'On one manager that still runs, and on no other (ADDRESS is its own):'
        : `On ${survivor}, and there only:`,
    ),
    ...paragraph(recovery.command, width, looks, KEY, '$ '),
    ...plenty(...lines('It keeps services, networks, secrets, configs and workers; its own tasks are started anew.')),
    ...lines(afterwards(recovery), WARNING),
    ...plenty([]),
    [span('Esc', KEY), span(' closes this card, the dashboard goes on asking', QUIET)],
  ]
}

function standing({ answered, silent }: Recovery): string {
  const last = answered.length === 0 ? 'none' : answered.join(', ')
  return `In the last reading: reachable ${last}${silent.length === 0 ? '' : `; unreachable ${silent.join(', ')}`}.`
}

function afterwards({ others, survivor }: Recovery): string {
  const only = `Afterwards ${survivor ?? 'it'} is the only manager`
  return others.length === 0
    ? `${only}: promote others until there are three.`
    : `${only}. Demote and remove those that do not come back (docker node demote, docker node rm), and promote others until there are three.`
}
