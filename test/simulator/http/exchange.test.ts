import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { describe, test } from 'node:test'
import type { Reply } from '../../../source/simulator/engine-api/message.ts'
import type { Fault } from '../../../source/simulator/fault.ts'
import type { Simulator } from '../../../source/simulator/simulator.ts'
import { callSocket, servedWorld, writeRaw } from '../../helpers/served-world.ts'
import { simulatedSwarm } from '../../helpers/simulated-swarm.ts'

/** A simulator that answers `/odd` with this, and tells what it was struck by. */
function oddSimulator(reply: Reply): Simulator & { readonly struck: readonly Fault[] } {
  const { simulator } = simulatedSwarm()
  const struck: Fault[] = []
  return {
    ...simulator,
    handle: asked => (asked.path === '/odd' ? reply : simulator.handle(asked)),
    inject: fault => {
      struck.push(fault)
      return simulator.inject(fault)
    },
    struck,
  }
}

describe('a call that hangs', { timeout: 30_000 }, () => {
  test('is answered by the delivery that bears its ID, with its status and its headers', async context => {
    const simulator = oddSimulator({ kind: 'pending', stream: 'call-1' })
    const { pathOf } = await servedWorld(context, simulator)
    const answer = callSocket(pathOf('node1'), 'GET', '/odd')
    const head = { status: 503, headers: { 'Content-Type': 'application/json' } }
    // It may not have arrived yet when this goes out: what nobody waits for is lost.
    await callSocket(pathOf('node1'), 'GET', '/_ping')
    simulator.world.deliveries.push({ stream: 'call-1', head, text: '{"message":"no leader"}', isLast: true })
    await callSocket(pathOf('node1'), 'GET', '/_ping')
    assert.deepEqual(await answer, { status: 503, body: '{"message":"no leader"}' })
  })

  test('is forgotten when its client goes away', async context => {
    const simulator = oddSimulator({ kind: 'pending', stream: 'call-1' })
    const { pathOf } = await servedWorld(context, simulator)
    const asked = request({ socketPath: pathOf('node1'), path: '/odd', agent: false }).on('error', () => {})
    asked.end()
    await once(asked, 'finish')
    await callSocket(pathOf('node1'), 'GET', '/_ping')
    asked.destroy()
    while (simulator.struck.length === 0) await callSocket(pathOf('node1'), 'GET', '/_ping')
    assert.deepEqual(simulator.struck, [{ kind: 'hang-up', stream: 'call-1' }])
  })
})

test('of a whole answer the length is told, of a stream it cannot be', async context => {
  const { pathOf } = await servedWorld(context)
  const lengthOf = async (method: string, path: string) => {
    const [head = ''] = (
      await writeRaw(pathOf('node1'), `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    ).split('\r\n\r\n')
    return (
      /^Content-Length: (\d+)/im.exec(head)?.[1] ?? (/^Transfer-Encoding: chunked/im.test(head) ? 'chunked' : 'none')
    )
  }
  assert.equal(await lengthOf('HEAD', '/_ping'), '0')
  assert.equal(await lengthOf('GET', '/_ping'), '2')
  assert.equal(await lengthOf('GET', '/nodes/nosuch'), `${'{"message":"node nosuch not found"}\n'.length}`)
  assert.equal(await lengthOf('GET', '/events?until=1'), 'chunked')
})

test('a call to a machine that is off gets nothing at all', async context => {
  const { pathOf } = await servedWorld(context, oddSimulator({ kind: 'closed' }))
  assert.equal(await writeRaw(pathOf('node1'), 'GET /odd HTTP/1.1\r\nHost: x\r\n\r\n'), '')
})

test('a body that is no text comes as its bytes', async context => {
  const stream = 'logs-1'
  const simulator = oddSimulator({ kind: 'stream', stream, status: 200, headers: {}, body: '' })
  const { pathOf } = await servedWorld(context, simulator)
  const asked = request({ socketPath: pathOf('node1'), path: '/odd', agent: false }).end()
  const [answer] = await once(asked, 'response')
  const bytes = Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0xff, 0x0a])
  simulator.world.deliveries.push({ stream, text: bytes.toString('base64'), encoding: 'base64', isLast: true })
  await callSocket(pathOf('node1'), 'GET', '/_ping')
  assert.deepEqual(Buffer.concat(await answer.toArray()), bytes)
})
