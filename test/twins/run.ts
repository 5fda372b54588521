import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { compare } from './compare.ts'
import type { Recording } from './play.ts'
import { playBoth, playOnLab, playOnSimulator } from './play-both.ts'
import { readScripts } from './scripts.ts'
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
if (values.help) console.log(HELP)
else await run()

async function run(): Promise<void> {
  const scripts = readScripts(positionals)
  const lab = values.against === undefined ? await openLab() : null
  let failed = 0
  for (const script of scripts) {
    const startedAt = performance.now()
    const recordings =
      lab === null
        ? [readRecording(values.against ?? '', script.name), await playOnSimulator(script)]
        : values.only === 'lab'
          ? [await playOnLab(script, lab)]
          : await playBoth(script, lab)
    for (const recording of recordings) keep(recording)
    const [ofLab, ofSimulator] = recordings
    const found = ofLab && ofSimulator ? compare(script, ofLab, ofSimulator) : []
    const stuck = recordings.flatMap(({ twin, steps }) => {
      const last = steps.at(-1)
      return last?.outcome.kind === 'failed' ? [`  the ${twin} stopped at "${last.text}": ${last.outcome.text}`] : []
    })
    if (found.length + stuck.length > 0) failed++
    const verdict = found.length > 0 ? `${found.length} differences` : stuck.length > 0 ? 'stopped' : 'the same'
    console.log(
      [`${script.name}: ${verdict} (${Math.round((performance.now() - startedAt) / 1000)} s)`, ...stuck].join('\n'),
    )
    if (found.length > 0) console.log(tell(found))
  }
  await lab?.down()
  console.log(`${scripts.length - failed} of ${scripts.length} scripts hold`)
  process.exitCode = failed > 0 ? 1 : 0
}

async function openLab() {
  const obstacle = labObstacle()
  if (obstacle !== null) throw new Error(`No lab can run here: ${obstacle}.`)
  const lab = await startLab({ engines: 5 })
  await lab.loadImages()
  return lab
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
