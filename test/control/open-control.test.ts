import assert from 'node:assert/strict'
import { access, chmod, mkdir, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openControl } from '../../source/control/open-control.ts'
import { serveWorld } from '../../source/simulator/http/serve-world.ts'
import { callSocket, newFolder, servedWorld } from '../helpers/served-world.ts'
import { simulatedSwarm } from '../helpers/simulated-swarm.ts'

const options = { timeout: 30_000 }
const { signal } = new AbortController()

describe('the control of a simulation', options, () => {
  test('tells how it stands', async context => {
    const { control } = await servedWorld(context)
    const seen = await openControl(control).look(signal)
    assert.ok(seen.ok)
    const { machines, now, ...rest } = seen.value
    assert.deepEqual(rest, { scenario: 'test', seed: 7, speed: 0.01, isPaused: false, load: [] })
    assert.match(now, /^2026-11-21T12:00:00/)
    assert.deepEqual(machines.slice(2, 4), [
      { name: 'node3', address: '10.0.1.3', power: 'on', isCut: false, swarm: 'active', role: 'manager' },
      { name: 'node4', address: '10.0.1.4', power: 'on', isCut: false, swarm: 'active', role: 'worker' },
    ])
  })

  test('pauses, goes on, is faster, and steps by exactly so much', async context => {
    const { control } = await servedWorld(context)
    const { changeClock } = openControl(control)
    const paused = await changeClock({ isPaused: true, speed: 20 }, signal)
    assert.ok(paused.ok)
    assert.deepEqual([paused.value.isPaused, paused.value.speed], [true, 20])
    const stepped = await changeClock({ stepMs: 1500 }, signal)
    assert.ok(stepped.ok)
    assert.equal(Date.parse(stepped.value.now) - Date.parse(paused.value.now), 1500)
    const goingOn = await changeClock({ isPaused: false }, signal)
    assert.ok(goingOn.ok && !goingOn.value.isPaused && goingOn.value.speed === 20)
  })

  test('refuses what is no change of the clock, and says what is', async context => {
    const { control } = await servedWorld(context)
    const table: readonly (readonly [string, string])[] = [
      ['', 'The body is no JSON object'],
      ['[1]', 'The body is no JSON object'],
      ['{}', 'There is nothing to change: give speed, isPaused, stepMs'],
      ['{"sped":1}', 'There is no sped to change: there are speed, isPaused, stepMs'],
      ['{"__proto__":1}', 'There is no __proto__ to change: there are speed, isPaused, stepMs'],
      ['{"speed":0}', 'speed takes a number from 0.01 to 1000'],
      ['{"speed":"fast"}', 'speed takes a number from 0.01 to 1000'],
      ['{"speed":2,"isPaused":1}', 'isPaused takes true or false'],
      ['{"stepMs":1e9}', 'stepMs takes whole milliseconds from 1 to 60000'],
    ]
    for (const [body, message] of table) {
      assert.deepEqual(await callSocket(control, 'POST', '/clock', body), {
        status: 400,
        body: `${JSON.stringify({ message })}\n`,
      })
    }
  })

  test('knows nothing else', async context => {
    const { control } = await servedWorld(context)
    for (const [method, path] of [
      ['GET', '/'],
      ['POST', '/simulation'],
      ['GET', '/machines/node1/kill'],
      ['POST', '/machines/node1/explode'],
      ['GET', '/info'],
    ] as const) {
      assert.deepEqual(await callSocket(control, method, path), { status: 404, body: '{"message":"page not found"}\n' })
    }
  })

  test('kills a machine, whose socket is gone when it says so, and starts it again', async context => {
    const { control, pathOf } = await servedWorld(context)
    const { strike, look } = openControl(control)
    assert.deepEqual(await strike('node3', 'kill', signal), { ok: true, value: null })
    await assert.rejects(access(pathOf('node3')))
    const seen = await look(signal)
    assert.equal(seen.ok && seen.value.machines[2]?.power, 'off')
    assert.deepEqual(await strike('node3', 'kill', signal), { ok: false, why: 'refused', text: 'node3 is off already' })
    assert.deepEqual(await strike('node3', 'start', signal), { ok: true, value: null })
    assert.equal((await stat(pathOf('node3'))).mode & 0o777, 0o600)
  })

  test('names the machines where it has none of that name', async context => {
    const { control } = await servedWorld(context)
    assert.deepEqual(await openControl(control).strike('a/../b', 'cut', signal), {
      ok: false,
      why: 'refused',
      text: 'There is no machine a/../b: there are node1, node2, node3, node4, node5',
    })
  })

  test('is missing in one sentence, whatever is there instead', async context => {
    const directory = await newFolder(context)
    const path = join(directory, 'control.sock')
    const textOf = async () => {
      const seen = await openControl(path).look(signal)
      return seen.ok ? '' : `${seen.why}: ${seen.text.replaceAll(path, 'PATH')}`
    }
    assert.match(await textOf(), /^absent: No simulation runs there: there is no PATH; start one/)
    const stranger = createServer((_request, response) => response.end('<html>')).listen(path)
    context.after(() => stranger.close())
    assert.equal(await textOf(), 'absent: What listens at PATH is no simulation')
  })
})

describe('the folder of a simulation', options, () => {
  const serve = (directory: string) => serveWorld(simulatedSwarm().simulator, { speed: 1, directory })

  test('is refused where others can enter it', async context => {
    const directory = join(await newFolder(context), 'shared')
    await mkdir(directory)
    await chmod(directory, 0o755)
    await assert.rejects(serve(directory), /^Error: Others can enter .*shared: chmod 700 it, or name/)
  })

  test('is refused where a simulation runs in it', async context => {
    const { directory } = await servedWorld(context)
    await assert.rejects(serve(directory), /A simulation runs in .* already: stop it, or name another directory/)
  })

  test('is refused where it is no folder', async context => {
    await assert.rejects(serve('/dev/null'), /\/dev\/null is no directory/)
    await assert.rejects(serve(join(await newFolder(context), 'x'.repeat(120))), /at most 107 bytes/)
  })
})
