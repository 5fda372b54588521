import type { LogOrigin } from './log-line.ts'

/** What stands before a line when time stamps and details are asked for, and the line. */
export type ReadLine = { readonly time: string; readonly origin: LogOrigin; readonly text: string }

/**
 * Reads lines written as `TIME DETAILS TEXT`. Origins are remembered, so that thousands of lines share one; whatever is
 * not as it should be is part of the text. Returns the function that reads one line, given without its end.
 * Source: moby/moby api/server/httputils/write_log_stream.go
 */
export function createLineReader(): (line: string) => ReadLine {
  const origins = new Map<string, LogOrigin>()

  function originOf(details: string): LogOrigin {
    const known = origins.get(details)
    if (known !== undefined) return known
    // Detail values come from the tasks' labels too: who sends ever other ones is not to fill the memory.
    if (origins.size >= MOST_ORIGINS) origins.clear()
    const origin = readOrigin(details)
    origins.set(details, origin)
    return origin
  }

  return line => {
    const [prefix = '', time = '', details = ''] = STAMP.exec(line) ?? []
    if (prefix === '') return { time: '', origin: NOBODY, text: line }
    return { time: normalise(time), origin: originOf(details), text: detach(line.slice(prefix.length)) }
  }
}

const MOST_ORIGINS = 2000
const NOBODY: LogOrigin = { serviceId: '', taskId: '', nodeId: '' }

/** No month 13 and no hour 25: what is taken for a time here is one to whoever counts with it. */
const STAMP =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z) (?:([^ =,]+=[^ ,]*(?:,[^ =,]+=[^ ,]*)*) ?)?/

/** The daemon writes all nine decimals; what has fewer is still to be in order with the rest. */
function normalise(time: string): string {
  if (time.length === FULL_LENGTH) return detach(time)
  const [seconds = '', decimals = ''] = time.slice(0, -1).split('.')
  return `${seconds}.${decimals.padEnd(9, '0')}Z`
}

const FULL_LENGTH = '2026-11-21T01:42:40.578043887Z'.length

/** V8 lets a part of a text hold the whole: here that would be all that stood before it, for each line that is kept. */
const detach = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString())

function readOrigin(details: string): LogOrigin {
  const values = new Map(
    details.split(',').map(pair => {
      const [name = '', value = ''] = pair.split('=').map(unescapeValue)
      return [name, value] as const
    }),
  )
  return {
    serviceId: values.get('com.docker.swarm.service.id') ?? '',
    taskId: values.get('com.docker.swarm.task.id') ?? '',
    nodeId: values.get('com.docker.swarm.node.id') ?? '',
  }
}

function unescapeValue(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
