import type { ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { apiManager, apiNode, apiService, apiTask, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { startFakeEngine } from '../helpers/fake-engine.ts'
import { logFrame } from '../helpers/log-frame.ts'
import { openTerminal } from '../helpers/terminal.ts'
import { cpuSeconds, memoryMb, pause, quantile, type Report, sayKeyTimes, timeKeys } from './figures.ts'

const LINES_A_SECOND = 10_000
const SECONDS = Number(process.env.BENCH_LOG_SECONDS ?? 20)
const BURST_MS = 20
const TASKS = 20

/** A service whose tasks write ten thousand lines a second together, looked at for twenty seconds, with keys pressed. */
export async function benchLogs(report: Report): Promise<void> {
  const endings: (() => unknown)[] = []
  const context = { after: (end: () => unknown) => endings.push(end) } as unknown as TestContext
  const { promise: whenAsked, resolve: answer } = Promise.withResolvers<ServerResponse>()
  const { endpoint } = await startFakeEngine(context, {
    '/nodes': [apiManager('m1', { isLeader: true }), ...nodes()],
    '/services': [apiService({ name: 'loud', replicas: TASKS, status: [TASKS, TASKS] })],
    '/tasks': tasks(),
    [`/services/${serviceIdOf('loud')}/logs`]: (_request, response) => {
      response.writeHead(200).flushHeaders()
      answer(response)
    },
  })
  const terminal = openTerminal({
    command: [process.execPath, 'dist/cli.js', '--host', endpoint.name],
    columns: 120,
    rows: 36,
  })
  try {
    await terminal.waitForScreen(/loud/)
    const quietMb = memoryMb(terminal.pid, 'VmRSS')
    terminal.press('l')
    const writer = startWriting(await whenAsked)
    await terminal.waitForScreen(/number \d/)
    const [cpu, startedAt] = [cpuSeconds(terminal.pid), performance.now()]
    const lags: number[] = []
    const times: number[] = []
    while (performance.now() - startedAt < SECONDS * 1000) {
      await pause(150)
      lags.push(writer.written() - lastShown(await terminal.waitForScreen(/number \d/)))
      times.push(...(await timeKeys(terminal, ['t', 'w'], 2)))
    }
    const seconds = (performance.now() - startedAt) / 1000
    const used = ((cpuSeconds(terminal.pid) - cpu) / seconds) * 100
    const isFollowing = (await terminal.waitForScreen(/number \d/)).includes('following')
    writer.stop()
    const skipped = / lines came too fast/.test(await terminal.waitForScreen(/number \d/))
    const rate = Math.round(writer.written() / writer.seconds())
    report(
      'log lines a second',
      `${rate} for ${seconds.toFixed(0)} s; ${skipped ? 'some skipped' : 'none skipped'}`,
      '',
    )
    report(
      'log follow',
      `${isFollowing ? 'held' : 'LOST'}; behind by ${describeLag(quantile(lags, 0.5))}, at most ${describeLag(quantile(lags, 1))}`,
      '',
    )
    report('log CPU', `${used.toFixed(0)} % of one core`, '')
    report(
      'log memory',
      `${memoryMb(terminal.pid, 'VmRSS')} MB now, ${memoryMb(terminal.pid, 'VmHWM')} MB at most; ${quietMb} MB before`,
      '',
    )
    report('log key to frame', sayKeyTimes(times), '')
  } finally {
    await terminal.close()
    for (const end of endings) await end()
  }
}

const nodes = () => ['w1', 'w2', 'w3'].map(name => apiNode({ name }))

const tasks = () =>
  Array.from({ length: TASKS }, (_, index) =>
    apiTask({ service: 'loud', id: `task${index}`, slot: index + 1, node: nodeOf(index) }),
  )

const nodeOf = (index: number): string => `w${(index % 3) + 1}`

/** As many lines in each burst as the time that has gone by is worth. */
function startWriting(response: ServerResponse) {
  const startedAt = performance.now()
  let written = 0
  let endedAt = 0
  const write = () => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * LINES_A_SECOND)
    const frames: Buffer[] = []
    for (; written < due; written += 1) frames.push(lineOf(written))
    response.write(Buffer.concat(frames))
  }
  const timer = setInterval(write, BURST_MS)
  return {
    written: () => written,
    seconds: () => ((endedAt || performance.now()) - startedAt) / 1000,
    stop: () => {
      clearInterval(timer)
      endedAt = performance.now()
    },
  }
}

function lineOf(number: number): Buffer {
  const index = number % TASKS
  const nanoseconds = String(number % 1_000_000).padStart(6, '0')
  const origin = { serviceId: serviceIdOf('loud'), taskId: `task${index}`, nodeId: nodeIdOf(nodeOf(index)) }
  const text = `number ${number} GET /products/${number % 977} 200 ${number % 83}ms user=${number % 4099} agent="curl/8.5"`
  return logFrame({ time: `${new Date().toISOString().slice(0, -1)}${nanoseconds}Z`, origin, text })
}

function lastShown(screen: string): number {
  return Math.max(...Array.from(screen.matchAll(/number (\d+)/g), ([, number]) => Number(number)))
}

const describeLag = (lines: number): string => `${Math.round((lines / LINES_A_SECOND) * 1000)} ms`
