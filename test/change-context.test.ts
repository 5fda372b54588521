import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { initialState } from '../source/app/initial-state.ts'
import type { State } from '../source/app/state.ts'
import { openEngines } from '../source/engines.ts'
import { findEngines } from '../source/find-source.ts'
import { createPerform } from '../source/perform.ts'
import { type Program, startProgram, WALL_CLOCK } from '../source/program.ts'
import { contextFiles, dockerConfig } from './helpers/docker-config.ts'
import { servedWorld } from './helpers/served-world.ts'
import { simulatedSwarm } from './helpers/simulated-swarm.ts'

/** Two swarms and a context for each, and the program on the first. */
async function start(context: TestContext) {
  const [one, other] = await Promise.all([
    servedWorld(context, simulatedSwarm().simulator),
    servedWorld(context, simulatedSwarm({ managers: 1, workers: 0 }).simulator),
  ])
  const [first = ''] = one.sockets.map(({ path }) => path)
  const folder = await dockerConfig(context, {
    ...contextFiles('one', `unix://${first}`),
    ...contextFiles('other', `unix://${other.pathOf('node1')}`),
    ...contextFiles('odd', 'gopher://hole'),
    'config.json': '{"currentContext":"one"}',
  })
  const before = { ...process.env }
  process.env.DOCKER_CONFIG = folder
  delete process.env.DOCKER_HOST
  delete process.env.DOCKER_CONTEXT
  context.after(() => {
    process.env = before
  })
  const found = await findEngines({ kind: 'engine', hosts: [], context: null })
  assert.ok(found.ok)
  const engines = openEngines(found.source)
  const settings = { ...engines.place(), intervalMs: 1000, isReadOnly: false }
  const program = startProgram({
    state: initialState({ settings, now: Date.now(), columns: 120, rows: 36 }),
    clock: WALL_CLOCK,
    perform: createPerform(engines, { copy: () => {}, ring: () => {}, open: async () => null, quit: () => {} }),
  })
  context.after(async () => {
    program.stop()
    await engines.close()
  })
  return program
}

function when(program: Program, is: (state: State) => boolean): Promise<State> {
  return new Promise(resolve => {
    const look = (state: State) => {
      if (!is(state)) return
      leave()
      resolve(state)
    }
    const leave = program.subscribe(look)
    look(program.state())
  })
}

const enter = (program: Program, line: string): void => {
  for (const key of [':', ...line, 'enter']) program.dispatch({ kind: 'key-pressed', key: key === ' ' ? 'space' : key })
}

const nodesOf = ({ reading }: State): readonly string[] => (reading?.cluster.nodes ?? []).map(({ name }) => name)

test('from one swarm to the other and back', async context => {
  const program = await start(context)
  const first = nodesOf(await when(program, ({ reading }) => reading !== null))
  assert.ok(first.length > 1)
  enter(program, 'ctx other')
  const there = await when(program, ({ reading, settings }) => reading !== null && settings.source.context === 'other')
  assert.deepEqual(nodesOf(there), ['node1'])
  assert.match(there.settings.source.name, /^other \(unix:/)
  enter(program, 'ctx one')
  const back = await when(program, ({ reading, settings }) => reading !== null && settings.source.context === 'one')
  assert.deepEqual(nodesOf(back), first)
})

test('a context that cannot be used leaves everything as it is', async context => {
  const program = await start(context)
  const { reading } = await when(program, state => state.reading !== null)
  enter(program, 'ctx odd')
  const { navigation, settings } = await when(program, state => state.navigation.notice?.weight === 'warning')
  assert.match(navigation.notice?.text ?? '', /gopher:\/\/ is no way to an engine/)
  assert.equal(settings.source.context, 'one')
  assert.notEqual(reading, null)
})
