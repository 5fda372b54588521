import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { openForTest, refusal, startFakeEngine } from '../helpers/fake-engine.ts'

/** Watches, and gives what has been heard so far and promises for what comes next. */
async function startWatching(context: Parameters<typeof startFakeEngine>[0]) {
  const stream = Promise.withResolvers<ServerResponse>()
  const fake = await startFakeEngine(context, {
    '/events': (_request, response) => {
      response.writeHead(200).flushHeaders()
      stream.resolve(response)
    },
  })
  const engine = openForTest(context, fake.endpoint)
  const stop = new AbortController()
  const heard: string[] = []
  let onHeard = () => {}
  const hear = (what: string) => () => {
    heard.push(what)
    onHeard()
  }
  engine.watch(stop.signal, hear('event'), hear('end'))
  const until = (count: number) =>
    new Promise<void>(resolve => {
      onHeard = () => heard.length >= count && resolve()
      onHeard()
    })
  return { ...fake, engine, stop, heard, until, stream: await stream.promise }
}

const EVENT = JSON.stringify({ Type: 'node', Action: 'update', scope: 'swarm' })

test('Each event of the swarm is heard, however the lines are cut', async context => {
  const { stream, heard, until, requests } = await startWatching(context)
  stream.write(`${EVENT}\n${EVENT.slice(0, 9)}`)
  await until(1)
  stream.write(`${EVENT.slice(9)}\n{}\nno JSON\nnull\n${EVENT}\n`)
  await until(3)

  assert.deepEqual(heard, ['event', 'event', 'event'])
  assert.equal(decodeURIComponent(requests[0] ?? ''), 'GET /events?filters={"scope":["swarm"]}')
})

test('A stream that ends by itself says so once', async context => {
  const { stream, heard, until } = await startWatching(context)
  stream.end(`${EVENT}\n`)
  await until(2)
  assert.deepEqual(heard, ['event', 'end'])
})

test('So does one whose connection breaks', async context => {
  const { stream, heard, until } = await startWatching(context)
  stream.destroy()
  await until(1)
  assert.deepEqual(heard, ['end'])
})

test('So does one whose line has no end', async context => {
  const { stream, heard, until } = await startWatching(context)
  stream.on('error', () => {})
  stream.write('x'.repeat(2 * 1024 * 1024))
  await until(1)
  assert.deepEqual(heard, ['end'])
})

test('Stopping frees the connection and is silent', async context => {
  const { stream, heard, stop, engine } = await startWatching(context)
  const closed = new Promise(resolve => stream.once('close', resolve))
  stop.abort()
  await closed
  await engine.ping(new AbortController().signal)
  assert.deepEqual(heard, [])
})

test('Calls do not wait for the stream', async context => {
  const { engine } = await startWatching(context)
  const answer = await engine.read(new AbortController().signal, () => {})
  assert(answer.ok)
})

test('A stream that is refused has ended', async context => {
  const { endpoint } = await startFakeEngine(context, { '/events': refusal(503, 'no') })
  const engine = openForTest(context, endpoint)
  await new Promise<void>(resolve => engine.watch(new AbortController().signal, () => {}, resolve))
})

test('So has one that nobody answers', async context => {
  const { endpoint } = await startFakeEngine(context, { '/events': request => request.socket.destroy() })
  const engine = openForTest(context, endpoint)
  await new Promise<void>(resolve => engine.watch(new AbortController().signal, () => {}, resolve))
})
