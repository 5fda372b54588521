import { basename } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { type DockerCli, dockerClis } from '../helpers/docker-clis.ts'
import { openStage, type Stage } from './stage.ts'

/** A part of a story, which goes on from where the part before it has ended. */
export type Section = (title: string, play: () => Promise<void>) => Promise<void>

export type Setting = {
  /** Built in, or a file. */
  readonly scenario: string
  /** Simulated seconds in a real one. */
  readonly speed?: number
  /** For stories in which the CLI has a minor part. */
  readonly clis?: 'all' | 'newest'
}

/**
 * Plays a story on a simulation of this scenario with each docker CLI that is here: one test a section. They are played
 * side by side, each on a simulation of its own; a section is left out where the story did not come that far.
 */
export function walkthrough(
  { scenario, speed = 20, clis: wanted = 'all' }: Setting,
  story: (stage: Stage, section: Section, t: TestContext) => Promise<void>,
): void {
  const clis = dockerClis().slice(0, wanted === 'newest' ? 1 : undefined)
  const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'
  describe(basename(scenario, '.yaml'), { concurrency: true, skip }, () => {
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
