import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Lab, startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { compare } from './compare.ts'
import { playBoth } from './play-both.ts'
import type { Script } from './script.ts'
import { lanesOf, readScripts } from './scripts.ts'
import { tell } from './tell.ts'

const isAll = process.env.SWARMTOP_TWINS === 'all'
const scripts = readScripts().filter(({ isEveryday }) => isAll || isEveryday)
const obstacle = labObstacle()
const isRequired = process.env.SWARMTOP_LAB === 'required'
const skip = obstacle !== null && !isRequired && `no lab can run here: ${obstacle}`

describe('the simulator does what real engines do', { concurrency: true, skip }, () => {
  for (const { engines, scripts: ofLane } of lanesOf(scripts)) {
    describe(`with ${engines} machines`, { concurrency: 1 }, () => {
      let lab: Lab

      before(async () => {
        assert.equal(obstacle, null)
        lab = await startLab({ engines })
        await lab.loadImages()
      })
      after(() => lab?.down())

      /** What differs once may have been a race between Swarm's own parts; what differs twice is a difference. */
      const playAndCompare = async (script: Script): Promise<string> => {
        const [ofLab, ofSimulator] = await playBoth(script, lab)
        return tell(compare(script, ofLab, ofSimulator))
      }

      for (const script of ofLane) {
        test(`${script.name}: ${script.title}`, async t => {
          const differences = await playAndCompare(script)
          if (differences === '') return
          t.diagnostic(`differs, and is played again:\n${differences}`)
          assert.equal(await playAndCompare(script), '')
        })
      }
    })
  }
})
