import { describe, type TestContext, test } from 'node:test'
import { type DockerCli, dockerClis } from '../helpers/docker-clis.ts'
import { openStage, type Stage } from './stage.ts'

/** A part of a story, which goes on from where the part before it has ended. */
export type Section = (title: string, play: () => Promise<void>) => Promise<void>

/**
 * Plays a story on a simulation of this scenario, or file, with each docker CLI that is here: one test a section. They
 * are played side by side, each on a simulation of its own; a section is left out where the story did not come that far.
 */
export function walkthrough(
  { scenario, speed = 20 }: { readonly scenario: string; readonly speed?: number },
  story: (stage: Stage, section: Section, t: TestContext) => Promise<void>,
): void {
  const clis = dockerClis()
  const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'
  describe(scenario, { concurrency: true, skip }, () => {
    if (clis.length === 0) test('needs a docker CLI', () => Promise.reject(new Error('there is no docker CLI here')))
    for (const cli of clis) {
      test(`with docker ${cli.version}`, { timeout: 110_000 }, t => play(t, cli))
    }
  })

  async function play(t: TestContext, cli: DockerCli): Promise<void> {
    let failed: string | null = null
    const section: Section = (title, run) =>
      t.test(title, { skip: failed !== null && `the story did not come that far: ${failed}` }, async () => {
        failed = title
        await run()
        failed = null
      })
    await story(await openStage(t, cli, scenario, speed), section, t)
  }
}
