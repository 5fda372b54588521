import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Lab, startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { compare } from './compare.ts'
import type { Recording } from './play.ts'
import { playBoth, playOnLab, playOnSimulator } from './play-both.ts'
import type { Script } from './script.ts'
import { lanesOf, readScripts } from './scripts.ts'
import { tell } from './tell.ts'

const HELP = `npm run twins -- [OPTIONS] [SCRIPT…]     plays scripts on real engines and on the simulator, and compares

  --record DIR      keeps what was seen, as DIR/SCRIPT.lab.json and DIR/SCRIPT.simulator.json
  --only lab        plays on the lab alone, to record it
  --against DIR     plays on the simulator alone, and compares it with what was recorded of the lab`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    record: { type: 'string' },
    only: { type: 'string' },
    against: { type: 'string' },
    help: { type: 'boolean' },
  },
})

try {
  if (values.help) console.log(HELP)
  else await run(readScripts(positionals))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run(scripts: readonly Script[]): Promise<void> {
  const holds = values.against === undefined ? await runOnLabs(scripts) : await runAll(scripts, null)
  const count = holds.filter(Boolean).length
  console.log(`${count} of ${scripts.length} scripts hold`)
  process.exitCode = count === scripts.length ? 0 : 1
}

async function runOnLabs(scripts: readonly Script[]): Promise<readonly boolean[]> {
  const obstacle = labObstacle()
  if (obstacle !== null) throw new Error(`No lab can run here: ${obstacle}.`)
  const lanes = lanesOf(scripts).map(async ({ engines, scripts }) => {
    const lab = await startLab({ engines })
    try {
      await lab.loadImages()
      return await runAll(scripts, lab)
    } finally {
      await lab.down()
    }
  })
  return (await Promise.all(lanes)).flat()
}

async function runAll(scripts: readonly Script[], lab: Lab | null): Promise<readonly boolean[]> {
  const holds: boolean[] = []
  for (const script of scripts) holds.push(await runOne(script, lab))
  return holds
}

async function runOne(script: Script, lab: Lab | null): Promise<boolean> {
  const startedAt = performance.now()
  const recordings = await playOne(script, lab)
  recordings.forEach(keep)
  const [ofLab, ofSimulator] = recordings
  const found = ofLab && ofSimulator ? compare(script, ofLab, ofSimulator) : []
  const stops = recordings.flatMap(sayStop)
  const holds = found.length === 0 && stops.length === 0
  const took = `${Math.round((performance.now() - startedAt) / 1000)} s`
  console.log(`${holds ? 'holds' : 'FAILS'}  ${script.name} (${took})`)
  for (const line of [...stops, ...(found.length > 0 ? [tell(found)] : [])]) console.log(line.replace(/^/gm, '       '))
  return holds
}

async function playOne(script: Script, lab: Lab | null): Promise<readonly Recording[]> {
  if (lab === null) return [readRecording(values.against ?? '', script.name), await playOnSimulator(script)]
  return values.only === 'lab' ? [await playOnLab(script, lab)] : playBoth(script, lab)
}

function sayStop({ twin, steps }: Recording): readonly string[] {
  const last = steps.at(-1)
  return last?.outcome.kind === 'failed' ? [`the ${twin} stopped at "${last.text}": ${last.outcome.text}`] : []
}

function keep(recording: Recording): void {
  if (values.record === undefined) return
  mkdirSync(values.record, { recursive: true })
  writeFileSync(pathOf(values.record, recording.script, recording.twin), `${JSON.stringify(recording, null, 1)}\n`)
}

function readRecording(directory: string, script: string): Recording {
  return JSON.parse(readFileSync(pathOf(directory, script, 'lab'), 'utf8')) as Recording
}

function pathOf(directory: string, script: string, twin: Recording['twin']): string {
  return join(directory, `${script}.${twin}.json`)
}
