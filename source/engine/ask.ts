import type { Problem } from '../swarm/problem.ts'
import { failed, got } from './answer.ts'
import { answerProblem } from './answer-problem.ts'
import type { Call, Client } from './client.ts'
import type { Answer } from './engine.ts'
import { readBody } from './read-body.ts'

type AskedCall = Call & {
  /** Called when the headers have come, whatever they say, and for each piece of the body. */
  readonly onProgress?: () => void
  /** JSON.parse, unless numbers have to survive exactly. */
  readonly parse?: (text: string) => unknown
}

/** Sends a call and reads its answer whole: the body of a success, or why there is none. */
export async function ask(client: Client, call: AskedCall): Promise<Answer<string>> {
  const answer = await client.send(call)
  if (!answer.ok) return answer
  call.onProgress?.()
  const { statusCode: status = 0 } = answer.value
  const body = await readBody(answer.value, call)
  if (!body.ok || (status >= 200 && status < 300)) return body
  return failed(answerProblem({ status, path: call.path, body: body.value }, client.address))
}

/** As `ask`, for an answer that is one JSON object. Its fields are as the engine sent them. */
export async function askForObject<T extends object>(client: Client, call: AskedCall): Promise<Answer<T>> {
  const value = await askForJson(client, call)
  if (!value.ok) return value
  return isObject(value.value) ? got(value.value as T) : failed(wrongShape(call.path, 'not an object'))
}

/** As `ask`, for a list of objects, each with an ID. */
export async function askForList<T extends { readonly ID: string }>(
  client: Client,
  call: AskedCall,
): Promise<Answer<readonly T[]>> {
  const value = await askForJson(client, call)
  if (!value.ok) return value
  if (!Array.isArray(value.value)) return failed(wrongShape(call.path, 'not a list'))
  const stranger = value.value.findIndex(item => !isObject(item) || typeof item.ID !== 'string')
  return stranger === -1
    ? got(value.value)
    : failed(wrongShape(call.path, `entry ${stranger + 1} of the list has no ID`))
}

/** As `ask`, for any JSON. */
export async function askForJson(client: Client, call: AskedCall): Promise<Answer<unknown>> {
  const body = await ask(client, call)
  if (!body.ok) return body
  try {
    return got((call.parse ?? JSON.parse)(body.value))
  } catch {
    return failed(wrongShape(call.path, describe(body.value)))
  }
}

function wrongShape(path: string, detail: string): Problem {
  return { kind: 'bad-answer', path, detail }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(body: string): string {
  if (body.trim() === '') return 'an empty answer'
  return body.trimStart().startsWith('<') ? 'a web page' : `JSON that is cut or broken, ${body.length} characters long`
}
