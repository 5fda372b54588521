import { readFileSync } from 'node:fs'
import type { Terminal } from '../helpers/terminal.ts'

/** What a bench prints: a figure, and the bar that it should keep. */
export type Report = (what: string, figure: string, bar: string) => void

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** What a process and the children it has waited for have used. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  return ticks / 100
}

export function memoryMb(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

/** Presses two keys in turn at all phases of the reading, as a person does; milliseconds from each to its frame. */
export async function timeKeys(
  terminal: Terminal,
  keys: readonly [string, string],
  presses: number,
): Promise<number[]> {
  const times: number[] = []
  for (let press = 0; press < presses; press += 1) {
    await pause(17 + ((press * 37) % 60))
    times.push(await timeToFrame(terminal, keys[press % 2] ?? keys[0]))
  }
  return times
}

/** From the key to the first bytes after it. A tick of the clock in between can only make it shorter by its own frame. */
async function timeToFrame(terminal: Terminal, key: string): Promise<number> {
  const before = terminal.bytesWritten()
  const startedAt = performance.now()
  terminal.press(key)
  await terminal.waitForScreen(() => terminal.bytesWritten() > before)
  return performance.now() - startedAt
}

export function sayKeyTimes(times: readonly number[]): string {
  return `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
