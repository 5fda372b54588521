import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { courseReminder, isForPerson } from '../../source/app/maintenance/course-words.ts'
import { LOCK_LABEL } from '../../source/operations/maintenance/lock.ts'
import { AppOnSwarm, type Done } from '../helpers/app-on-swarm.ts'
import { EPOCH_MS, type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

const UPDATE = { Parallelism: 2, Order: 'start-first', Monitor: 1e9, FailureAction: 'pause' } as const

/** Five nodes, node1 leading, with ten replicas that are renewed start-first, and what runs everywhere. */
function busySwarm(): SimulatedSwarm {
  const swarm = simulatedSwarm({ epochMs: EPOCH_MS })
  swarm.create(serviceSpec('api', { replicas: 10, update: UPDATE }))
  swarm.create(serviceSpec('agent', { replicas: 'global' }))
  swarm.create(serviceSpec('cache', { replicas: 1 }))
  swarm.pass(30_000)
  return swarm
}

/** A session whose list of nodes is looked at, and all of whose nodes are marked. */
function onNodes(swarm: SimulatedSwarm, ...marked: readonly string[]): AppOnSwarm {
  const session = new AppOnSwarm(swarm).press('2')
  return mark(session, marked)
}

function mark(session: AppOnSwarm, names: readonly string[]): AppOnSwarm {
  session.press('home')
  for (const { name } of session.app.state.reading?.cluster.nodes ?? []) {
    if (names.includes(name)) session.press('space')
    else session.press('down')
  }
  return session
}

const nodeCalled = (swarm: SimulatedSwarm, name: string) =>
  swarm.nodes().find(node => node.Description?.Hostname === name)
const lockOn = (swarm: SimulatedSwarm, name: string) => nodeCalled(swarm, name)?.Spec?.Labels?.[LOCK_LABEL]
const availabilityOf = (swarm: SimulatedSwarm, name: string) => nodeCalled(swarm, name)?.Spec?.Availability

const runningOf = (swarm: SimulatedSwarm, service: string) =>
  swarm.tasks(service).filter(({ Status, DesiredState }) => Status?.State === 'running' && DesiredState === 'running')
    .length

/** Goes on without a rebalance when the node is active again. */
function untilOver(session: AppOnSwarm, name: string, look: () => void = () => {}): void {
  session.passUntil(
    `${name} is over`,
    () => {
      if (session.steps().includes(`${name} spreading`)) session.press('enter')
      return session.steps().includes(`${name} over`)
    },
    look,
  )
}

const ALL = ['node1', 'node2', 'node3', 'node4', 'node5']

describe('a maintenance of all nodes', () => {
  test('takes workers first, then managers, the leader last, each stopped and started by the person', () => {
    const swarm = busySwarm()
    const session = onNodes(swarm, ...ALL).press('M')
    assert.equal(session.phase, 'proposed')
    assert.deepEqual(session.sent, [])
    session.press('enter')
    for (const name of ['node4', 'node5', 'node2', 'node3', 'node1']) {
      session.passUntil(`${name} is in hand`, () => session.steps().includes(`${name} in-hand`))
      assert.equal(availabilityOf(swarm, name), 'drain')
      assert.match(lockOn(swarm, name) ?? '', /^ops@one 2026-/)
      assert.deepEqual(
        swarm.tasks().filter(task => task.NodeID === nodeCalled(swarm, name)?.ID && task.Status?.State === 'running'),
        [],
      )
      swarm.strike(name, 'stop')
      session.pass(20)
      swarm.strike(name, 'start')
      session.pass(20).press('enter')
      untilOver(session, name)
      assert.equal(availabilityOf(swarm, name), 'active')
      assert.equal(lockOn(swarm, name), undefined)
    }
    assert.equal(session.phase, 'over')
    assert.deepEqual([...session.files], [])
    assert.match(session.app.journal().join('\n'), /maintenance over: node4, node5, node2, node3, node1/)
  })

  test('gracefully never has fewer running than desired', () => {
    const swarm = busySwarm()
    const session = onNodes(swarm, 'node4', 'node5').press('M', 'g', 'enter')
    const least = { running: 10 }
    const look = () => {
      least.running = Math.min(least.running, runningOf(swarm, 'api'))
    }
    for (const name of ['node4', 'node5']) {
      session.passUntil(`${name} is in hand`, () => session.steps().includes(`${name} in-hand`), look)
      session.press('enter').pass(1, look).press('enter')
      untilOver(session, name, look)
    }
    assert.equal(least.running, 10)
    assert.deepEqual(
      session.sent.filter(sent => sent.endsWith('4') || sent.endsWith('api')),
      ['pause node4', 'force-update api', 'drain node4', 'activate node4', 'force-update api'],
    )
  })
})

describe('nothing is done before it is written down', () => {
  test('where nothing can be written, nothing is done, until it can', () => {
    const session = onNodes(busySwarm(), 'node4').press('M')
    session.trouble = 'the disk is full'
    session.press('enter').pass(5)
    assert.deepEqual(session.sent, [])
    assert.match(session.app.state.maintaining.course?.unsaved?.trouble ?? '', /the disk is full/)
    session.trouble = null
    session.press('enter').pass(3)
    assert.deepEqual(session.sent, ['drain node4'])
  })

  test('what is kept is at least as far as what was sent', () => {
    const session = onNodes(busySwarm(), 'node4').press('M', 'g', 'enter')
    session.passUntil(
      'it is in hand',
      () => session.steps().includes('node4 in-hand'),
      () => {
        const [kept] = session.files.values()
        assert.deepEqual(kept?.maintenance, session.app.state.maintaining.course?.maintenance)
      },
    )
  })
})

describe('a session that is lost', () => {
  /** Every step right after it was written down, and everything that is sent, before its answer is heard. */
  const moments: readonly (readonly [string, (done: Done) => boolean])[] = [
    ...(['checks', 'moving', 'draining', 'emptying', 'in-hand', 'returning', 'activating', 'over'] as const).map(
      step =>
        [`${step} written down`, (done: Done) => 'written' in done && done.written.nodes[0]?.step === step] as const,
    ),
    ['a service written down', done => 'written' in done && done.written.nodes[0]?.renewing !== null],
    ...(['pause', 'force-update', 'drain', 'activate'] as const).map(
      kind => [`${kind} sent`, (done: Done) => 'sent' in done && done.sent === kind] as const,
    ),
  ]

  for (const [moment, dieAt] of moments) {
    test(`with ${moment} is gone on with by the next one, which asks for nothing twice`, () => {
      const swarm = busySwarm()
      const first = onNodes(swarm, 'node4', 'node5').press('M', 'g')
      first.dieAt = dieAt
      first.press('enter')
      for (let second = 0; second < 300 && !first.isDead; second += 1) {
        if (['node4 in-hand', 'node4 spreading'].includes(first.steps()[0] ?? '')) first.press('enter')
        first.pass(1)
      }
      assert.ok(first.isDead)
      const second = new AppOnSwarm(swarm, { files: first.files, session: 'two' })
      assert.equal(second.phase, 'found')
      assert.equal(second.app.view.screen.kind, 'maintenance')
      assert.deepEqual(second.sent, [])
      second.press('enter')
      for (const name of ['node4', 'node5']) {
        const has = (step: string) => second.steps().includes(`${name} ${step}`)
        second.passUntil(`${name} is in hand or on its way back`, () =>
          ['in-hand', 'returning', 'spreading', 'over'].some(has),
        )
        if (has('in-hand')) second.press('enter')
        untilOver(second, name)
      }
      const all = [...first.sent, ...second.sent]
      assert.deepEqual(all.slice(0, all.indexOf('pause node5')), [
        'pause node4',
        'force-update api',
        'drain node4',
        'activate node4',
      ])
      assert.deepEqual([...second.files], [])
      assert.equal(lockOn(swarm, 'node4'), undefined)
    })
  }

  test('and what has changed since is said before it goes on', () => {
    const swarm = busySwarm()
    const first = onNodes(swarm, 'node4').press('M', 'enter')
    first.passUntil('it is in hand', () => first.steps().includes('node4 in-hand'))
    swarm.changeNode('node4', { Availability: 'active' })
    const second = new AppOnSwarm(swarm, { files: first.files, session: 'two' }).press('enter').pass(2)
    assert.equal(second.held, 'node4 was set to active by someone else')
    second.press('enter').passUntil('it is in hand again', () => second.steps().includes('node4 in-hand'))
  })

  test('that goes on after all does nothing any more once another has taken it over', () => {
    const swarm = busySwarm()
    const first = onNodes(swarm, 'node4').press('M', 'enter')
    first.passUntil('it is in hand', () => first.steps().includes('node4 in-hand'))
    const second = new AppOnSwarm(swarm, { files: first.files, session: 'two', alive: new Set(['one']) })
    assert.equal(second.phase, 'elsewhere')
    second.press('enter').pass(2)
    assert.match(second.app.notice + second.phase, /elsewhere/)
    second.press('T').pass(1)
    assert.equal(second.phase, 'going')
    first.press('enter').pass(30)
    assert.match(first.app.state.maintaining.course?.unsaved?.trouble ?? '', /another session has taken it over/)
    assert.ok(!first.sent.includes('activate node4'))
  })
})

test('a look at the other session that fails says so, and does not make its maintenance over', () => {
  const swarm = busySwarm()
  const first = onNodes(swarm, 'node4').press('M', 'enter').pass(2)
  const second = new AppOnSwarm(swarm, { files: first.files, session: 'two', alive: new Set(['one']) })
  const clusterId = second.app.state.reading?.cluster.snapshot.clusterId ?? ''
  const trouble = 'A maintenance cannot be read, you may not write there: /state/maintenance.json'
  second.app.happen({ kind: 'maintenance-loaded', clusterId, found: null, trouble })
  assert.deepEqual([second.phase, second.app.notice], ['elsewhere', trouble])
})

test('what a maintenance that was only proposed would do is not rehearsed while nobody looks at it', () => {
  const session = onNodes(busySwarm(), 'node4').press('M', '2')
  const isRehearsed = () => {
    session.app.effects = []
    session.app.pass(40_000).readNext()
    return session.app.effects.some(({ kind }) => kind === 'rehearse')
  }
  assert.equal(isRehearsed(), false)
  session.app.type(':maintenance').press('enter')
  assert.equal(isRehearsed(), true)
})

test('a session that looks on at another follows it, and is offered what that leaves when it is gone', () => {
  const swarm = busySwarm()
  const first = onNodes(swarm, 'node4', 'node5').press('M', 'enter')
  const alive = new Set(['one'])
  const second = new AppOnSwarm(swarm, { files: first.files, session: 'two', alive })
  first.passUntil('it is in hand', () => first.steps().includes('node4 in-hand'))
  second.press('2').pass(6)
  assert.deepEqual(second.steps(), ['node4 in-hand', 'node5 waiting'])
  assert.equal(second.app.view.screen.kind, 'nodes')
  alive.clear()
  second.pass(6)
  assert.equal(second.phase, 'found')
  assert.match(second.app.notice, /is gone/)
})

test('a session that looks on at another is told when that is done', () => {
  const swarm = busySwarm()
  const first = onNodes(swarm, 'node4').press('M', 'enter')
  const second = new AppOnSwarm(swarm, { files: first.files, session: 'two', alive: new Set(['one']) })
  first
    .press('A')
    .press('A')
    .passUntil('it is over', () => first.phase === 'over')
  second.pass(6)
  assert.equal(second.phase, 'none')
})

describe('the manager that we look through', () => {
  test('dies in the middle: the next one is asked, and it goes on', () => {
    const swarm = busySwarm()
    const session = new AppOnSwarm(swarm, { machines: ['node2', 'node3'] }).press('2')
    mark(session, ['node4']).press('M', 'enter').pass(1)
    swarm.strike('node2', 'kill')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    untilOver(session.press('enter'), 'node4')
    assert.equal(availabilityOf(swarm, 'node4'), 'active')
  })

  test('is itself in turn: it is asked about where there is no other way in', () => {
    const session = new AppOnSwarm(busySwarm(), { machines: ['node1'] }).press('2')
    mark(session, ['node1']).press('M', 'enter').pass(2)
    assert.match(session.held, /^we look through node1 and know no other manager/)
    assert.deepEqual(session.sent, [])
  })
})

describe('the quorum', () => {
  test('is never put at stake: while a manager is off, no other is taken down', () => {
    const swarm = busySwarm()
    const session = onNodes(swarm, 'node2', 'node3').press('M', 'enter')
    session.passUntil('node2 is in hand', () => session.steps().includes('node2 in-hand'))
    swarm.strike('node2', 'stop')
    session
      .pass(15)
      .press('x')
      .passUntil('node2 is over', () => session.steps().includes('node2 over'))
      .pass(3)
    assert.match(session.held, /^without node3 the quorum would be lost/)
    assert.equal(availabilityOf(swarm, 'node3'), 'active')
    session.press('enter').pass(3)
    assert.match(session.held, /^without node3 the quorum would be lost/)
    swarm.strike('node2', 'start')
    session
      .pass(20)
      .press('enter')
      .passUntil('node3 is in hand', () => session.steps().includes('node3 in-hand'))
  })
})

describe('two operators', () => {
  test('see whose the node is, and the second takes over on purpose only', () => {
    const swarm = busySwarm()
    const first = onNodes(swarm, 'node4').press('M', 'enter')
    first.passUntil('it is in hand', () => first.steps().includes('node4 in-hand'))
    const second = new AppOnSwarm(swarm, { session: 'two' }).press('2')
    mark(second, ['node4']).press('M', 'enter').pass(2)
    assert.match(second.held, /^node4 is in maintenance by ops@one since 2026-/)
    second.press('enter').pass(2)
    assert.match(second.held, /^node4 is in maintenance by ops@one/)
    assert.deepEqual(second.sent, [])
    second.press('T').passUntil('it is in hand', () => second.steps().includes('node4 in-hand'))
    first.pass(2)
    assert.equal(first.held, 'node4 was taken over by ops@two')
  })
})

describe('what a person changes their mind about', () => {
  test('given up, what was is put back', () => {
    const swarm = busySwarm()
    const session = onNodes(swarm, 'node4', 'node5').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    session
      .press('A')
      .press('A')
      .passUntil('it is over', () => session.phase === 'over')
    assert.equal(availabilityOf(swarm, 'node4'), 'active')
    assert.equal(lockOn(swarm, 'node4'), undefined)
    assert.ok(!session.sent.some(sent => sent.endsWith('node5')))
  })

  test('given up and left: drained it stays, and nobody is said to be at it', () => {
    const swarm = busySwarm()
    const session = onNodes(swarm, 'node4').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    session
      .press('A')
      .press('L')
      .passUntil('it is over', () => session.phase === 'over')
    assert.equal(availabilityOf(swarm, 'node4'), 'drain')
    assert.equal(lockOn(swarm, 'node4'), undefined)
  })

  test('another key than A is no answer to giving up', () => {
    const session = onNodes(busySwarm(), 'node4').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    for (const key of ['s', 'enter', 'x', 'down', '3', 'esc']) {
      session.press('A').press(key)
      const { course } = session.app.state.maintaining
      assert.deepEqual([key, course?.isGivingUp, course?.maintenance.held, course?.phase], [key, false, null, 'going'])
      session.press(':', ...'maintenance', 'enter')
    }
    assert.deepEqual(session.steps(), ['node4 in-hand'])
  })

  test('a node that was drained before stays so', () => {
    const swarm = busySwarm()
    swarm.changeNode('node4', { Availability: 'drain' })
    swarm.pass(20_000)
    const session = onNodes(swarm, 'node4').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    session.press('enter').passUntil('it is over', () => session.phase === 'over')
    assert.equal(availabilityOf(swarm, 'node4'), 'drain')
    assert.equal(lockOn(swarm, 'node4'), undefined)
  })

  test('a key right after the screen has changed was meant for what was there before', () => {
    const session = onNodes(busySwarm(), 'node4').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    session.app.press('enter')
    assert.deepEqual(session.steps(), ['node4 in-hand'])
  })

  test('keys are heard, though our clock was set back by an hour', () => {
    const session = onNodes(busySwarm(), 'node4').press('M', 'enter')
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    session.app.now -= 3_600_000
    session.app.happen({ kind: 'ticked' })
    session.press('s')
    assert.equal(session.app.state.maintaining.course?.maintenance.held?.by, 'person')
  })

  test('who looks elsewhere meanwhile is told when it is their turn', () => {
    const session = onNodes(busySwarm(), 'node4').press('M', 'enter', '3')
    const reminder = () => courseReminder(session.app.state)?.text
    assert.match(reminder() ?? '', /^maintenance: node4 /)
    assert.equal(isForPerson(session.app.state), false)
    session.passUntil('it is in hand', () => session.steps().includes('node4 in-hand'))
    assert.equal(reminder(), 'maintenance: node4 in your hands')
    assert.equal(isForPerson(session.app.state), true)
    session.press('2', 'M')
    assert.equal(reminder(), undefined)
  })

  test('read-only nothing begins, and what others do is shown', () => {
    const swarm = busySwarm()
    onNodes(swarm, 'node4').press('M', 'enter').pass(5)
    const watcher = new AppOnSwarm(swarm, { session: 'two', settings: { isReadOnly: true } })
    watcher.type(':maintenance').press('enter').pass(1)
    assert.equal(watcher.phase, 'none')
    assert.equal(watcher.app.view.screen.kind, 'maintenance')
    watcher.press('enter')
    assert.deepEqual(watcher.sent, [])
  })
})
