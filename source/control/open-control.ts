import { type IncomingMessage, request } from 'node:http'
import type { ApiSimulation } from '../api/simulation.ts'
import type { Control, ControlAnswer } from './control.ts'
import { readSimulation } from './read-simulation.ts'

/** A thousand machines take 150 KiB. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024

/** The control that listens at `path`, a unix socket. Each call has a connection of its own. */
export function openControl(path: string): Control {
  return {
    look: async signal => simulationIn(await call({ path, method: 'GET', url: '/simulation', signal }), path),
    changeClock: async (change, signal) =>
      simulationIn(await call({ path, method: 'POST', url: '/clock', body: change, signal }), path),
    strike: async (machine, action, signal) => {
      const url = `/machines/${encodeURIComponent(machine)}/${action}`
      const answer = await call({ path, method: 'POST', url, body: {}, signal })
      return answer.ok ? { ok: true, value: null } : answer
    },
  }
}

type Call = {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body?: object
  readonly signal: AbortSignal
}

async function call({ path, method, url, body, signal }: Call): Promise<ControlAnswer<unknown>> {
  try {
    const { status, text } = await exchange({ path, method, url, ...(body && { body }), signal })
    const value = parse(text)
    if (status >= 200 && status < 300 && value !== undefined) return { ok: true, value }
    const said = messageIn(value)
    return said === null ? noSimulation(path) : { ok: false, why: 'refused', text: said }
  } catch (error) {
    return absent(path, error)
  }
}

function exchange({ path, method, url, body, signal }: Call): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? '' : JSON.stringify(body)
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }
    const asked = request({ socketPath: path, method, path: url, headers, agent: false, signal }, answer => {
      readAll(answer).then(text => resolve({ status: answer.statusCode ?? 0, text }), reject)
    })
    asked.on('error', reject)
    asked.end(sent)
  })
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.length
    if (size > LARGEST_BODY_BYTES) throw new Error('the answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('message' in value)) return null
  return typeof value.message === 'string' ? value.message : null
}

function simulationIn(answer: ControlAnswer<unknown>, path: string): ControlAnswer<ApiSimulation> {
  if (!answer.ok) return answer
  const simulation = readSimulation(answer.value)
  return simulation === null ? noSimulation(path) : { ok: true, value: simulation }
}

function noSimulation(path: string): ControlAnswer<never> {
  return { ok: false, why: 'absent', text: `What listens at ${path} is no simulation` }
}

function absent(path: string, error: unknown): ControlAnswer<never> {
  const { code, message } = error as NodeJS.ErrnoException
  return { ok: false, why: 'absent', text: REASONS[code ?? '']?.(path) ?? `${path} does not answer: ${message}` }
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: path => `No simulation runs there: there is no ${path}; start one with swarmtop simulate --listen`,
  ENOTDIR: path => `No simulation runs there: there is no ${path}; start one with swarmtop simulate --listen`,
  ECONNREFUSED: path => `The simulation at ${path} has ended; start one with swarmtop simulate --listen`,
  EACCES: path => `You may not open ${path}: it belongs to whoever started the simulation`,
  ABORT_ERR: path => `${path} does not answer in time`,
}
