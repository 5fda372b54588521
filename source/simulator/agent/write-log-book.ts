import type { ApiTaskSpec } from '../../api/task.ts'
import type { LogBook, LogLoop, TimedLine } from '../world/container.ts'
import type { ImageBehaviour } from '../world/image.ts'
import type { Script } from '../world/machine.ts'

const READABLE = ['', 'json-file', 'local', 'journald']

/** What a container writes: what is said of its image, and what its command writes by itself. */
export function writeLogBook(
  spec: ApiTaskSpec,
  { firstWords, lastWords, log }: ImageBehaviour,
  script: Script,
  containerId: string,
): LogBook {
  const opening = firstWords.map(text => ({ afterMs: 0, text }))
  const own = sign(script, hostnameOf(spec, containerId))
  return {
    ...(log === null
      ? { first: [...opening, ...own.lines], loop: own.loop, jitterMs: 0 }
      : { first: opening, loop: spread(log), jitterMs: (log.everyMs[1] - log.everyMs[0]) / 2 }),
    last: lastWords,
    isTty: spec.ContainerSpec?.TTY === true,
    isReadable: READABLE.includes(spec.LogDriver?.Name ?? ''),
  }
}

/** Half of what the range allows is left to chance, so that two lines are never closer or farther than it says. */
function spread({ everyMs: [from, to], lines }: NonNullable<ImageBehaviour['log']>): LogLoop | null {
  if (lines.length === 0) return null
  const meanMs = Math.max(1, (from + to) / 2)
  return {
    fromMs: 0,
    periodMs: meanMs * lines.length,
    lines: lines.map((text, index) => ({ afterMs: meanMs * (index + 1), text })),
  }
}

/** Without a name of its own it is called by the beginning of its ID. */
function hostnameOf({ ContainerSpec: { Hostname } = {} }: ApiTaskSpec, containerId: string): string {
  return typeof Hostname === 'string' && Hostname !== '' ? Hostname : containerId.slice(0, 12)
}

function sign({ lines, loop }: Script, hostname: string): Script {
  const signed = ({ afterMs, text }: TimedLine) => ({ afterMs, text: text.replaceAll('{hostname}', () => hostname) })
  return { lines: lines.map(signed), loop: loop && { ...loop, lines: loop.lines.map(signed) } }
}
