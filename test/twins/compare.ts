import { assertNever } from '../../source/rules/assert-never.ts'
import { compareHistories } from './compare-histories.ts'
import { comparePictures } from './compare-pictures.ts'
import { type Deviation, differ } from './differ.ts'
import type { PlayedStep, Recording } from './play.ts'
import { settlePrinted } from './printed.ts'
import type { Chance, Script } from './script.ts'

export type Difference = Deviation & {
  /** The step of the script, or that it is about what the tasks went through. */
  readonly where: string
}

/** In what the simulator did not do as the real engines did; the readme of this folder says what is not compared. */
export function compare(script: Script, lab: Recording, simulator: Recording): readonly Difference[] {
  const steps = script.steps.flatMap((step, index): readonly Difference[] => {
    if (lab.steps[index]?.text !== undefined && lab.steps[index].text !== step.text) throw new Error(STALE)
    const where = `line ${step.line}: ${step.text}`
    const deviations = compareSteps(lab.steps[index], simulator.steps[index], script.chance)
    return deviations.map(deviation => ({ where, ...deviation }))
  })
  if ([lab, simulator].some(hasFailed)) return steps
  const histories = compareHistories(lab.histories, simulator.histories)
  return [...steps, ...histories.map(deviation => ({ where: 'what the tasks went through', ...deviation }))]
}

const STALE = 'the script has changed since the lab was recorded'

function hasFailed({ steps }: Recording): boolean {
  return steps.at(-1)?.outcome.kind === 'failed'
}

/** A step that one of the two never came to has nothing to be compared with. */
function compareSteps(
  lab: PlayedStep | undefined,
  simulator: PlayedStep | undefined,
  chance: ReadonlySet<Chance>,
): readonly Deviation[] {
  if (lab === undefined || simulator === undefined) return []
  const [one, other] = [lab.outcome, simulator.outcome]
  if (one.kind !== other.kind) return [{ path: 'outcome', lab: one, simulator: other }]
  switch (one.kind) {
    case 'done':
      return []
    case 'failed':
      return [{ path: 'outcome', lab: one, simulator: other }]
    case 'printed':
      return other.kind === 'printed' ? differ(settlePrinted(one, chance), settlePrinted(other, chance), 'printed') : []
    case 'saw':
      return other.kind === 'saw' ? comparePictures(one.picture, other.picture, chance) : []
    default:
      return assertNever(one)
  }
}
