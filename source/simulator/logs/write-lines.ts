import type { LogFormat } from '../world/log-stream.ts'
import type { LogLine } from './log-lines.ts'

const STDOUT = 1
const STDERR = 2
const SYSTEM_ERROR = 3

/** A line, and what it carries besides when details are asked for. */
export type SourcedLine = LogLine & { readonly details: Readonly<Record<string, string>> }

/**
 * Lines as they go over the wire, one frame a line.
 * Source: moby/moby api/server/httputils/write_log_stream.go, pkg/stdcopy/stdcopy.go
 */
export function writeLines(epochMs: number, lines: readonly SourcedLine[], format: LogFormat): Buffer {
  const frames = lines
    .filter(({ isError }) => (isError && !format.isTty ? format.hasStderr : format.hasStdout))
    .map(line => frame(line.isError ? STDERR : STDOUT, render(epochMs, line, format), format.isTty))
  return Buffer.concat(frames)
}

/** Says in the stream itself that something of it is missing. */
export function writeProblem(problem: string, { isTty }: LogFormat): Buffer {
  return frame(SYSTEM_ERROR, `Error grabbing logs: ${problem}\n`, isTty)
}

function render(epochMs: number, { at, nanoseconds, text, details }: SourcedLine, format: LogFormat): string {
  const iso = new Date(epochMs + at).toISOString()
  const timestamp = `${iso.slice(0, -1)}${String(nanoseconds).padStart(6, '0')}Z `
  const ending = format.isTty ? '\r\n' : '\n'
  return `${format.hasTimestamps ? timestamp : ''}${format.hasDetails ? `${renderDetails(details)} ` : ''}${dated(text, epochMs + at)}${ending}`
}

/** As the program `date` writes it. */
function dated(text: string, ms: number): string {
  if (!text.includes('{date}')) return text
  const [weekday, day = '', month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
  return text.replaceAll('{date}', `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} UTC ${year}`)
}

function renderDetails(details: Readonly<Record<string, string>>): string {
  return Object.entries(details)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join(',')
}

/** Source: moby/moby pkg/stdcopy/stdcopy.go: the stream's number, three zeros and the length in four bytes. */
function frame(stream: number, text: string, isTty: boolean): Buffer {
  const payload = Buffer.from(text)
  if (isTty) return payload
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}
