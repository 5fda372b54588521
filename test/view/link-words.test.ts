import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatingAt } from '../../source/app/initial-state.ts'
import type { Link } from '../../source/app/state.ts'
import { bannerRow, linkRow } from '../../source/view/link-words.ts'
import type { Row } from '../../source/view/row.ts'
import type { Looks } from '../../source/view/theme.ts'
import { NOW, SECOND } from '../helpers/api-builders.ts'
import { apiSimulation } from '../helpers/simulation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const looks: Looks = { theme: 'safe', depth: 1, isAscii: false }
const textOf = (row: Row | null) => row?.map(piece => piece.text).join('') ?? null

const since = NOW - 14 * SECOND
const refused = { kind: 'refused', address: '10.0.0.1:2375' } as const

const CASES: readonly (readonly [link: Link, header: string, banner: string | null])[] = [
  [{ kind: 'live' }, '● live 1 s ·  10 ms', null],
  [{ kind: 'connecting', since }, '○ connecting 14 s', ' ▲ last reading 16 s old · asking ssh://ops@m1'],
  [
    { kind: 'late', since },
    '○ no answer for 14 s',
    ' ▲ last reading 16 s old · asking ssh://ops@m1 whether it is still there',
  ],
  [
    { kind: 'no-leader', phase: 'election', since },
    '○ no leader 14 s',
    ' ▲ last reading 16 s old · an election usually takes 10 to 20 s',
  ],
  [
    { kind: 'no-leader', phase: 'no-quorum', since },
    '○ no quorum 14 s',
    ' ▲ last reading 16 s old · nothing can be changed, tasks that run go on',
  ],
]

for (const [link, header, banner] of CASES) {
  test(header, () => {
    const state = stateOf({ link, readAgoMs: link.kind === 'live' ? 400 : 16 * SECOND })
    assert.equal(textOf(linkRow(state, looks)), header)
    assert.equal(textOf(bannerRow(state, looks)), banner)
  })
}

test('a host that failed: why, and when it is asked again', () => {
  const words = (retryAt: number) =>
    textOf(bannerRow(stateOf({ link: { kind: 'failed', problem: refused, since, retryAt } }), looks)) ?? ''
  assert.match(
    words(NOW + 3500),
    /last reading 0 s old · again in 4 s, R at once · .*10\.0\.0\.1:2375.* · other managers, for --host: m2 10\.0\.0\.2, m3/,
  )
  assert.match(words(NOW), /asking again · /)
})

test('what changes between two quiet readings does not change the words', () => {
  const wordsAt = (readAgoMs: number, roundTripMs: number) => {
    const state = stateOf({ readAgoMs })
    return textOf(
      linkRow({ ...state, reading: state.reading === null ? null : { ...state.reading, roundTripMs } }, looks),
    )
  }
  assert.equal(wordsAt(0, 11.2), '● live 1 s ·  10 ms')
  assert.equal(wordsAt(1400, 14.9), '● live 1 s ·  10 ms')
  assert.equal(wordsAt(2600, 0.3), '● live 3 s ·   1 ms')
})

test('the other managers of a simulation are offered by their sockets', () => {
  const link: Link = { kind: 'failed', problem: refused, since, retryAt: NOW }
  const state = stateOf({ link, change: { simulation: simulatingAt('/sim/control.sock', NOW) } })
  assert.match(textOf(bannerRow(state, looks)) ?? '', /for --host: unix:\/\/\/sim\/m2\.sock, unix:\/\/\/sim\/m3\.sock/)
})

test('why another host is asked is said of a real swarm; in a simulation its header is enough', () => {
  const said = (kind: 'engine' | 'simulator') => {
    const state = stateOf({ settings: { source: { kind, name: 'x' }, hosts: ['tcp://m1', 'tcp://m2'] } })
    const leftHost = { host: 0, problem: refused }
    return textOf(bannerRow({ ...state, polling: { ...state.polling, host: 1, leftHost } }, looks))
  }
  assert.match(said('engine') ?? '', /asking tcp:\/\/m2: No engine listens at 10\.0\.0\.1:2375/)
  assert.equal(said('simulator'), null)
})

test('a simulation whose time stands still is not live but paused', () => {
  const simulation = { ...simulatingAt('/sim/control.sock', NOW), seen: apiSimulation({ isPaused: true }) }
  assert.equal(textOf(linkRow(stateOf({ change: { simulation } }), looks)), '● paused 1 s ·  10 ms')
})
