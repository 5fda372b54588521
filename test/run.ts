import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { dockerClis } from './helpers/docker-clis.ts'
import { labObstacle } from './lab/obstacle.ts'
import { runAndReport } from './report.ts'

/**
 * What `npm test` does: builds the program, which the whole-program tests run, then the quick tests, then the stories with
 * the docker CLI, then those on real engines where this machine can have them. Prints the tests that fail, those that
 * take their time one by one, and one summary of all. With `SWARMTOP_LAB=required` a machine that cannot have a lab fails.
 *
 * Node runs this file as it is, so that only what it can strip of types by itself may be imported here.
 */
process.chdir(join(import.meta.dirname, '..'))
forgetOurSurroundings()
const isLabRequired = process.env.SWARMTOP_LAB === 'required'
const obstacle = labObstacle()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())

const labFiles = globSync(['test/lab/**/*.test.{ts,tsx}', 'test/twins/twins.test.ts']).toSorted()
const storyFiles = globSync('test/walkthroughs/*.test.ts').toSorted()
const quickFiles = globSync('test/**/*.test.{ts,tsx}').filter(file => ![...labFiles, ...storyFiles].includes(file))

build()
const summary = await runAndReport(
  [
    { files: quickFiles.toSorted(), concurrency: true, limitMs: 8 * 60_000, isTold: false },
    { files: storyFiles, concurrency: 1, limitMs: 10 * 60_000, isTold: true },
    { files: obstacle === null ? labFiles : [], concurrency: 1, limitMs: 20 * 60_000, isTold: true },
  ],
  stop.signal,
)
if (dockerClis().length === 0) {
  console.log(
    '\nLEFT OUT: the stories with the docker CLI (test/walkthroughs and others), because there is no docker on the PATH.',
  )
}
if (obstacle !== null) {
  console.log(
    `\n${isLabRequired ? 'FAILED' : 'LEFT OUT'}: the tests on real engines (test/lab, test/twins), because ${obstacle}.`,
  )
}
process.exitCode = summary.failed + summary.cancelled > 0 || (obstacle !== null && isLabRequired) ? 1 : 0

/** What a CI server or a person's shell sets, and programs behave differently for. */
function forgetOurSurroundings(): void {
  const names = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'COLUMNS', 'LINES', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG']
  for (const name of names) delete process.env[name]
}

function build(): void {
  const { status } = spawnSync(process.execPath, ['node_modules/.bin/rolldown', '-c', '--logLevel', 'warn'], {
    stdio: 'inherit',
  })
  if (status === 0) return
  console.error('The program could not be built.')
  process.exit(1)
}
