import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Lab, startLab } from '../lab/lab.ts'
import { labObstacle } from '../lab/obstacle.ts'
import { compare } from './compare.ts'
import { playBoth } from './play-both.ts'
import { machinesOf, readScripts } from './scripts.ts'
import { tell } from './tell.ts'

/**
 * Real engines make one wait: for heartbeats that stay away, for elections. So there are two labs, and the scripts that
 * need three machines are played on one of them while those for five are played on the other.
 */
const isAll = process.env.SWARMTOP_TWINS === 'all'
const obstacle = labObstacle()
const skip = obstacle === null || process.env.SWARMTOP_LAB === 'required' ? false : `no lab can run here: ${obstacle}`
const scripts = readScripts().filter(({ isEveryday }) => isAll || isEveryday)

describe('the simulator does what real engines do', { concurrency: true, skip }, () => {
  for (const engines of [3, 5]) {
    describe(`${engines} machines`, { concurrency: 1 }, () => {
      let lab: Lab

      before(async () => {
        lab = await startLab({ engines })
        await lab.loadImages()
      })
      after(() => lab.down())

      for (const script of scripts.filter(script => (machinesOf(script) > 3 ? 5 : 3) === engines)) {
        test(`${script.name}: ${script.title}`, async () => {
          assert.equal(tell(compare(script, ...(await playBoth(script, lab)))), '')
        })
      }
    })
  }
})
