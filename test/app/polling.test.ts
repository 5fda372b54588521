import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Problem } from '../../source/swarm/problem.ts'
import { apiInfo, apiReading } from '../helpers/api-builders.ts'
import { App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const refused: Problem = { kind: 'refused', address: 'm1' }
const noQuorum: Problem = { kind: 'no-leader', how: 'quorum', detail: 'The swarm does not have a leader.' }
const TWO = { hosts: ['unix:///m1.sock', 'unix:///m2.sock'] }

describe('a reading', () => {
  test('is asked for at the start, and a second after the last was asked for', () => {
    const app = new App().pass(0)
    assert.deepEqual(app.asked(), ['read 0'])
    app.pass(300).answer(wellReading)
    assert.deepEqual(app.pass(600).asked(), ['watch 0'])
    assert.deepEqual(app.pass(100).asked(), ['read 0'])
  })

  test('is never asked for while another is under way', () => {
    const app = new App().pass(0)
    app.asked()
    assert.deepEqual(app.pass(1900).asked(), [])
  })

  test('that comes after it was given up is dropped', () => {
    const app = appWith(wellReading).pass(1000)
    const late = app.state.polling.inFlight?.number ?? -1
    app.fail(refused).pass(1000)
    const before = app.state.reading
    app.happen({ kind: 'reading-received', number: late, host: 0, reading: apiReading(), roundTripMs: 1 })
    assert.equal(app.state.reading, before)
  })

  test('comes early when the swarm tells of a change, but bursts of changes are one', () => {
    const app = appWith(wellReading).pass(300)
    app.asked()
    for (let count = 0; count < 50; count += 1) app.happen({ kind: 'swarm-event-received' })
    assert.deepEqual(app.asked(), [])
    assert.deepEqual(app.pass(100).asked(), ['read 0'])
  })

  test('follows soon on a change that came while one was under way', () => {
    const app = appWith(wellReading).pass(1000)
    app.happen({ kind: 'swarm-event-received' }).answer(wellReading)
    app.asked()
    assert.deepEqual(app.pass(250).asked(), ['read 0'])
  })

  test('is asked for at once on a key', () => {
    const app = appWith(wellReading).pass(300)
    app.asked()
    assert.deepEqual(app.press('R').asked(), ['read 0'])
  })
})

describe('a reading that is late', () => {
  test('is followed up with a ping after two seconds', () => {
    const app = appWith(wellReading).pass(1000)
    app.asked()
    assert.deepEqual(app.pass(2000).asked(), ['ping 0'])
    assert.equal(app.state.polling.link.kind, 'late')
  })

  test('with an answered ping means that there is no leader; it is asked anew every five seconds', () => {
    const app = appWith(wellReading).pass(1000).pass(2000).answerPing()
    assert.deepEqual(app.state.polling.link, { kind: 'no-leader', phase: 'election', since: app.now - 2000 })
    app.asked()
    assert.deepEqual(app.pass(3000).asked(), ['abandon', 'read 0'])
    app.answer(wellReading)
    assert.equal(app.state.polling.link.kind, 'live')
    assert.deepEqual(app.journal(), ['the swarm has no leader', 'the swarm answers again after 5 s'])
  })

  test('whose first bytes have come is only slow', () => {
    const app = appWith(wellReading).pass(1000)
    app.happen({ kind: 'reading-progressed', number: app.state.polling.inFlight?.number ?? -1 })
    for (let second = 0; second < 30; second += 1) {
      app.pass(1000).happen({ kind: 'reading-progressed', number: app.state.polling.inFlight?.number ?? -1 })
    }
    assert.equal(app.state.polling.link.kind, 'live')
    assert.ok(!app.asked().includes('abandon'))
  })

  test('that began and then stalls is late like any other, and asked anew', () => {
    const app = appWith(wellReading).pass(1000).pass(100)
    app.happen({ kind: 'reading-progressed', number: app.state.polling.inFlight?.number ?? -1 })
    app.asked()
    assert.deepEqual(app.pass(2000).asked(), ['ping 0'])
    assert.equal(app.state.polling.link.kind, 'late')
    app.answerPing()
    assert.deepEqual(app.pass(3000).asked(), ['abandon', 'read 0'])
  })

  test('is not given up for a slow ping while its bytes come', () => {
    const app = appWith(wellReading).pass(1000).pass(2000)
    app.happen({ kind: 'reading-progressed', number: app.state.polling.inFlight?.number ?? -1 })
    app.asked()
    app.pass(1900)
    assert.deepEqual(app.asked(), [])
    assert.equal(app.state.polling.link.kind, 'live')
  })

  test('of a host that takes long to reach is waited for as long as that takes', () => {
    const app = new App({ patience: [{ lateAfterMs: 15_000, silentAfterMs: 15_000 }] }).pass(0)
    app.asked()
    assert.deepEqual(app.pass(14_000).asked(), [])
    assert.deepEqual(app.pass(1000).asked(), ['ping 0'])
  })

  test('with a silent ping means that this engine is gone: the next host at once', () => {
    const app = appWith(wellReading, TWO).pass(1000).pass(2000)
    app.asked()
    assert.deepEqual(app.pass(2000).asked(), ['abandon', 'unwatch', 'read 1'])
  })
})

describe('without a quorum', () => {
  test('the last reading stays, and asking goes on', () => {
    const app = appWith(wellReading).pass(1000).fail(noQuorum)
    assert.deepEqual(app.state.polling.link, {
      kind: 'no-leader',
      phase: 'no-quorum',
      since: app.now,
      problem: noQuorum,
    })
    assert.equal(app.state.reading?.cluster.nodes.length, 5)
    app.asked()
    assert.deepEqual(app.pass(1000).asked(), ['read 0'])
    assert.deepEqual(app.journal(), ['quorum lost'])
  })

  test('waiting is right, but another host is asked whether it is only ours that is cut off', () => {
    const app = appWith(wellReading, TWO).pass(1000).fail(noQuorum)
    app.asked()
    assert.ok(app.pass(10_000).asked().includes('probe 1'))
    app.happen({ kind: 'probe-answered', number: app.state.polling.probe?.number ?? -1, clusterId: 'cluster' })
    assert.equal(app.state.polling.host, 1)
  })
})

describe('a clock that is set back', () => {
  test('by an hour takes what is due with it', () => {
    const app = appWith(wellReading)
    app.now -= 3_600_000
    app.happen({ kind: 'ticked' })
    assert.ok(app.pass(1000).asked().includes('read 0'))
  })

  const setBack = (app: App) => {
    app.now -= 3_600_000
    return app.happen({ kind: 'ticked' })
  }

  test('does not keep what a screen shows from being read', () => {
    const app = appWith(wellReading).press(':').type('networks').press('enter').pass(0)
    const number = app.effects.find(effect => effect.kind === 'fetch')?.number ?? -1
    app.happen({ kind: 'fetched', key: 'networks', number, value: [] }).asked()
    assert.ok(setBack(app).pass(5000).asked().includes('fetch 0'))
  })

  test('does not keep the docker contexts from being read', () => {
    const app = appWith(wellReading).press(':').type('ctx').press('enter').pass(0)
    app.happen({ kind: 'contexts-listed', list: [] }).asked()
    assert.ok(setBack(app).pass(5000).asked().includes('list-contexts'))
  })

  test('does not keep an answer to a key on the screen', () => {
    const app = appWith(wellReading).press('n')
    assert.notEqual(app.state.navigation.notice, null)
    assert.equal(setBack(app).pass(11_000).state.navigation.notice, null)
  })
})

describe('another host that was looked at', () => {
  const looked = () => appWith(wellReading, TWO).pass(1000).fail(noQuorum).pass(10_000)
  const answerProbe = (app: App, clusterId: string) =>
    app.happen({ kind: 'probe-answered', number: app.state.polling.probe?.number ?? -1, clusterId })

  test('is not gone to when ours answers again before it does', () => {
    const app = looked()
    const number = app.state.polling.probe?.number ?? -1
    app.answer(wellReading).happen({ kind: 'probe-answered', number, clusterId: 'cluster' })
    assert.deepEqual([app.state.polling.host, app.state.polling.link.kind], [0, 'live'])
  })

  test('is not gone to when it leads to another swarm', () => {
    assert.equal(answerProbe(looked(), 'another').state.polling.host, 0)
    assert.equal(answerProbe(looked(), 'cluster').state.polling.host, 1)
  })

  test('is each of the others in turn', () => {
    const app = appWith(wellReading, { hosts: ['a', 'b', 'c', 'd'] })
      .pass(1000)
      .fail(noQuorum)
    const probed = [1, 2, 3, 4].map(() => {
      app.fail(noQuorum).pass(10_000)
      const { probe } = app.state.polling
      app.happen({ kind: 'probe-failed', number: probe?.number ?? -1 })
      return probe?.host
    })
    assert.deepEqual(probed, [1, 2, 3, 1])
  })
})

describe('a host that fails', () => {
  test('is asked again after a pause that grows to ten seconds, and at once on a key', () => {
    const app = appWith(wellReading)
    const pauses = [1, 2, 3, 4, 5, 6].map(() => {
      app.pass(20_000).fail(refused)
      const { link } = app.state.polling
      return link.kind === 'failed' ? (link.retryAt - app.now) / 1000 : 0
    })
    assert.deepEqual(pauses, [1, 2, 4, 8, 10, 10])
    app.pass(300).asked()
    assert.deepEqual(app.press('R').asked(), ['read 0'])
  })

  test('is left for the next at once, told of, and gone back to when it is there again', () => {
    const app = appWith(wellReading, TWO).pass(1000)
    app.asked()
    assert.deepEqual(app.fail(refused).asked(), ['unwatch', 'read 1'])
    app.answer(wellReading)
    assert.match(app.journal().join('\n'), /m1\.sock is gone[\s\S]*now asking unix:\/\/\/m2\.sock/)
    assert.ok(app.readNext(wellReading).pass(10_000).asked().includes('probe 0'))
    app.happen({ kind: 'probe-answered', number: app.state.polling.probe?.number ?? -1, clusterId: 'cluster' })
    assert.equal(app.state.polling.host, 0)
  })

  test('and leads to another swarm is not looked at: what is done on the wrong one cannot be undone', () => {
    const app = appWith(wellReading, TWO).pass(1000).fail(refused)
    app.answer({ ...wellReading, info: apiInfo({ Swarm: { Cluster: { ID: 'another' } } }) })
    assert.equal(app.state.reading?.host, 0)
    const { link } = app.state.polling
    assert.equal(link.kind === 'failed' && link.problem.kind, 'other-swarm')
  })
})
