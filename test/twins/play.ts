import { isDeepStrictEqual } from 'node:util'
import { assertNever } from '../../source/rules/assert-never.ts'
import { holdMs, isMet } from './condition.ts'
import { runDocker } from './docker.ts'
import { fillIn } from './fill-in.ts'
import { type Names, newNames } from './names.ts'
import { type Picture, takePicture } from './picture.ts'
import { type Reading, readSwarm } from './reading.ts'
import type { Condition, Script, Step } from './script.ts'
import { findMachine, type Twin, type TwinMachine } from './twin.ts'
import { type TaskHistory, watchTasks } from './watch.ts'

/** What became of a script on one of the twins. */
export type Recording = {
  readonly script: string
  readonly twin: Twin['name']
  /** One for each step of the script, but for what came after one that did not end. */
  readonly steps: readonly PlayedStep[]
  readonly histories: readonly TaskHistory[]
}

export type PlayedStep = {
  readonly text: string
  /** Since the beginning, by the swarm's own clock. */
  readonly atSeconds: number
  readonly outcome:
    | { readonly kind: 'done' }
    | { readonly kind: 'printed'; readonly exitCode: number; readonly out: string; readonly error: string }
    | { readonly kind: 'saw'; readonly picture: Picture }
    | { readonly kind: 'failed'; readonly text: string }
}

type Stage = {
  readonly twin: Twin
  readonly names: Names
  /** Machines that can be asked about the swarm, those first that are likelier to know. */
  readonly whomToAsk: () => readonly TwinMachine[]
  readonly cut: Set<string>
}

/** Plays a script on a swarm that stands as the script wants it. */
export async function play(script: Script, twin: Twin): Promise<Recording> {
  const words = script.steps.map(({ text }) => text).join('\n')
  const cut = new Set<string>()
  const stage: Stage = { twin, names: newNames(twin, words), whomToAsk: () => managersFirst(script, twin, cut), cut }
  const watch = watchTasks(twin, stage.names, stage.whomToAsk)
  const startedAt = twin.now()
  const steps: PlayedStep[] = []
  for (const step of script.steps) {
    const outcome = await playStep(step, stage).catch(failure)
    steps.push({ text: step.text, atSeconds: Math.round(twin.now() - startedAt) / 1000, outcome })
    if (outcome.kind === 'failed') break
  }
  await watch.stop()
  return { script: script.name, twin: twin.name, steps, histories: watch.histories() }
}

function failure(error: unknown): PlayedStep['outcome'] {
  return { kind: 'failed', text: error instanceof Error ? error.message : String(error) }
}

function managersFirst({ start }: Script, twin: Twin, cut: ReadonlySet<string>): readonly TwinMachine[] {
  const isManager = ({ name }: TwinMachine): boolean => start.managers.includes(name)
  const within = twin.machines.filter(({ name }) => twin.isRunning(name) && !cut.has(name))
  return [...within.filter(isManager), ...within.filter(machine => !isManager(machine))]
}

async function playStep(step: Step, stage: Stage): Promise<PlayedStep['outcome']> {
  const { twin, names } = stage
  switch (step.kind) {
    case 'docker': {
      const outcome = await runDocker(
        findMachine(twin, step.machine),
        await fillIn(step.words, twin, stage.whomToAsk()),
      )
      names.learn(await readSwarm(stage.whomToAsk()).catch(() => EMPTY))
      const { exitCode, stdout, stderr } = outcome
      return { kind: 'printed', exitCode, out: names.say(stdout), error: names.say(stderr) }
    }
    case 'strike': {
      const { action, machine } = step
      await twin.strike(action, machine)
      if (action === 'cut') stage.cut.add(machine)
      if (action === 'heal' || action === 'start') stage.cut.delete(machine)
      return { kind: 'done' }
    }
    case 'until':
      await until(step.condition, step.text, stage)
      return { kind: 'done' }
    case 'pass':
      await twin.pass(step.seconds * 1000)
      return { kind: 'done' }
    case 'look':
      return { kind: 'saw', picture: await lookTwice(stage) }
    default:
      return assertNever(step)
  }
}

const EMPTY: Reading = { nodes: [], services: [], tasks: [] }

/** A worker that has lost two of three managers may try those two for a minute before it tries the third. */
const LIMIT_SECONDS = 120

async function until(condition: Condition, text: string, { twin, whomToAsk, names }: Stage): Promise<void> {
  const asked = condition.kind === 'answers' ? () => [findMachine(twin, condition.machine)] : whomToAsk
  const deadline = twin.now() + LIMIT_SECONDS * 1000
  let metSince: number | null = null
  let last = 'nobody answered'
  while (twin.now() < deadline) {
    const reading = await readSwarm(asked()).catch(() => null)
    if (reading !== null) {
      names.learn(reading)
      last = JSON.stringify(takePicture(reading, names))
    }
    const now = twin.now()
    metSince = reading !== null && isMet(condition, reading) ? (metSince ?? now) : null
    if (metSince !== null && now - metSince >= holdMs(condition)) return
    await twin.pass(100)
  }
  throw new Error(`never came: ${text}; last seen: ${last}`)
}

/** Looks until two looks half a second apart are the same, so that no step of clearing up is caught on its way. */
async function lookTwice({ twin, whomToAsk, names }: Stage): Promise<Picture> {
  const look = async (): Promise<Picture> => {
    const reading = await readSwarm(whomToAsk())
    names.learn(reading)
    return takePicture(reading, names)
  }
  let picture = await look()
  for (let again = 0; again < 20; again++) {
    await twin.pass(500)
    const next = await look()
    if (isDeepStrictEqual(picture, next)) break
    picture = next
  }
  return picture
}
