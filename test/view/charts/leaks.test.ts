import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { promisify } from 'node:util'
import v8 from 'node:v8'
import vm from 'node:vm'
import { drawEveryChart } from '../../helpers/draw-charts.ts'

const SIZES = [
  [40, 6],
  [80, 9],
  [120, 12],
] as const

test('the charts listen to nothing, and leave nothing behind', async () => {
  const before = whatIsHeard()
  const globals = Object.getOwnPropertyNames(globalThis)
  const charts = await import('../../../source/view/charts/blessed-charts.ts')
  assert.deepEqual(whatIsHeard(), before, 'after loading')
  for (const [width, height] of SIZES) {
    for (let times = 0; times < 100; times += 1) drawEveryChart(charts, width, height)
    assert.deepEqual(whatIsHeard(), before, `after drawing in ${width}x${height}`)
  }
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), globals)
})

test('a program that has drawn charts has written nothing, and ends by itself', async () => {
  const script = `
    const charts = await import('./source/view/charts/blessed-charts.ts')
    const { drawEveryChart } = await import('./test/helpers/draw-charts.ts')
    drawEveryChart(charts, 60, 10)`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: new URL('../../..', import.meta.url), timeout: 60_000 },
  )
  assert.deepEqual({ stdout, stderr }, { stdout: '', stderr: '' })
})

test('a thousand drawings more take no memory', async () => {
  const charts = await import('../../../source/view/charts/blessed-charts.ts')
  const draw = (times: number) => {
    for (let count = 0; count < times; count += 1) drawEveryChart(charts, 24, 4)
    return heapInUse()
  }
  const before = draw(300)
  const after = draw(1000)
  assert.ok(after - before < 300_000, `${before} bytes became ${after}`)
})

/** Who listens to what of the process and its streams. */
function whatIsHeard(): readonly string[] {
  const { stdin, stdout, stderr } = process
  const emitters: Readonly<Record<string, EventEmitter>> = { process, stdin, stdout, stderr }
  return Object.entries(emitters).flatMap(([name, emitter]) =>
    emitter
      .eventNames()
      .filter(event => !OF_PIPES.has(String(event)))
      .map(event => `${name} ${String(event)} ${emitter.listenerCount(event)}`),
  )
}

/** What translates TypeScript for the tests is a process of its own, whose output is piped to ours when it is needed. */
const OF_PIPES = new Set(['close', 'error', 'finish', 'end', 'unpipe'])

function heapInUse(): number {
  v8.setFlagsFromString('--expose-gc')
  const collect: unknown = vm.runInNewContext('gc')
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}
