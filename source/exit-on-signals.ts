import { constants } from 'node:os'

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const

/**
 * Lets a signal end the program through its exit, so that what it has started is cleaned up, with the exit code that
 * shells expect. Returns the way to leave signals to somebody else.
 */
export function exitOnSignals(): () => void {
  const exit = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal])
  for (const signal of SIGNALS) process.on(signal, exit)
  return () => {
    for (const signal of SIGNALS) process.off(signal, exit)
  }
}
