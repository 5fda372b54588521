import type { HealthCheck } from '../world/container.ts'
import { readCommand } from './read-command.ts'

/**
 * A service's health check, with the engine's defaults for what it leaves out; null when there is none. Nobody knows
 * what an image brings along, so a check that is left to the image is none.
 *
 * Source: moby/moby daemon/health.go (defaultProbeInterval …, getProbe)
 */
export function readHealthCheck(value: unknown): HealthCheck | null {
  if (typeof value !== 'object' || value === null) return null
  const check = value as Readonly<Record<string, unknown>>
  const test: unknown = Array.isArray(check.Test) ? check.Test[0] : undefined
  if (test !== 'CMD' && test !== 'CMD-SHELL') return null
  return {
    alwaysFails: fails(check),
    intervalMs: milliseconds(check.Interval, 30_000),
    startIntervalMs: milliseconds(check.StartInterval, 5_000),
    startPeriodMs: milliseconds(check.StartPeriod, 0),
    retries: typeof check.Retries === 'number' && check.Retries > 0 ? check.Retries : 3,
  }
}

/**
 * The first check that is made at this age of the container or later, in milliseconds. While it starts, checks come at
 * the start interval, afterwards at the ordinary one.
 */
export function nextCheck(check: HealthCheck, ageMs: number): number {
  const { startIntervalMs, intervalMs } = check
  const startChecks = Math.ceil(check.startPeriodMs / startIntervalMs)
  const early = Math.max(1, Math.ceil(ageMs / startIntervalMs))
  if (early <= startChecks) return early * startIntervalMs
  const since = startChecks * startIntervalMs
  return since + Math.max(1, Math.ceil((ageMs - since) / intervalMs)) * intervalMs
}

/** The age at which it is called unhealthy when all checks from this age on fail; those of the start period do not count. */
export function failsAt(check: HealthCheck, ageMs: number): number {
  const first = nextCheck(check, Math.max(ageMs, check.startPeriodMs))
  return first + (check.retries - 1) * check.intervalMs
}

function fails({ Test, Timeout }: Readonly<Record<string, unknown>>): boolean {
  const [kind, ...words] = (Test as readonly unknown[]).map(String)
  const deed = readCommand(kind === 'CMD-SHELL' ? ['sh', '-c', ...words] : words, false)
  if (deed === null) return false
  return deed.end === null || deed.end.code !== 0 || deed.end.afterMs > milliseconds(Timeout, 30_000)
}

function milliseconds(nanoseconds: unknown, otherwise: number): number {
  return typeof nanoseconds === 'number' && nanoseconds > 0 ? Math.max(1, nanoseconds / 1e6) : otherwise
}
