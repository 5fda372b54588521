import type { Lab } from '../lab/lab.ts'
import { gather } from './gather.ts'
import { labTwin } from './lab-twin.ts'
import { play, type Recording } from './play.ts'
import { reset } from './reset.ts'
import type { Script } from './script.ts'

import { startSimulatorTwin } from './simulator-twin.ts'

/** Plays a script on the lab and on a simulator at once. */
export async function playBoth(script: Script, lab: Lab): Promise<readonly [lab: Recording, simulator: Recording]> {
  return Promise.all([playOnLab(script, lab), playOnSimulator(script)])
}

/** Leaves the lab as the script has left it. */
export async function playOnLab(script: Script, lab: Lab): Promise<Recording> {
  const twin = labTwin(lab)
  await reset(twin, script.start)
  return play(script, twin)
}

export async function playOnSimulator(script: Script): Promise<Recording> {
  const twin = await startSimulatorTwin()
  try {
    await gather(twin, script.start)
    return await play(script, twin)
  } finally {
    await twin.close()
  }
}
