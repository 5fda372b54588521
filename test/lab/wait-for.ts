import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'

/**
 * Looks again and again until what it sees is right, and gives that. Seen is right when `until` says so, without it
 * when it is not false, `null` or the like. A look that throws has seen nothing yet. Fails after `limitMs` with what
 * was seen last.
 */
export async function waitFor<T>(
  description: string,
  look: () => T | Promise<T>,
  { until = Boolean, limitMs = 60_000 }: { readonly until?: (seen: T) => boolean; readonly limitMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + limitMs
  const failure = new Error(`waited ${limitMs / 1000} s for ${description}`)
  for (;;) {
    const sight = await attempt(look)
    if (sight.kind === 'seen' && until(sight.value)) return sight.value
    if (Date.now() > deadline) {
      failure.message += sight.kind === 'seen' ? `; last seen: ${show(sight.value)}` : `; last failure: ${sight.text}`
      throw failure
    }
    await sleep(50)
  }
}

type Sight<T> = { readonly kind: 'seen'; readonly value: T } | { readonly kind: 'failed'; readonly text: string }

async function attempt<T>(look: () => T | Promise<T>): Promise<Sight<T>> {
  try {
    return { kind: 'seen', value: await look() }
  } catch (error) {
    return { kind: 'failed', text: error instanceof Error ? error.message : String(error) }
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? `\n${value}` : inspect(value, { depth: 5 })
}
