import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findChanges } from '../../../source/operations/maintenance/find-changes.ts'
import { LOCK_LABEL, lockOf, lockText } from '../../../source/operations/maintenance/lock.ts'
import { proposeMaintenance, withNode } from '../../../source/operations/maintenance/maintenance.ts'
import { readMaintenance, writeMaintenance } from '../../../source/operations/maintenance/maintenance-file.ts'
import { apiNode, NOW, nodeIdOf, serviceIdOf } from '../../helpers/api-builders.ts'
import { clusterOf, nodeNamed, wellReading } from '../../helpers/cluster-builders.ts'

const BY = { clusterId: 'cluster', by: 'ops@bastion', startedAt: NOW, manner: 'graceful' } as const
const well = clusterOf(wellReading)
const proposed = proposeMaintenance(
  ['w1', 'm2'].map(name => nodeNamed(well, name)),
  BY,
)
const midway = withNode(
  { ...proposed, held: { by: 'check', reason: 'no room \u001b[31m', accepts: ['room'] } },
  nodeIdOf('w1'),
  {
    step: 'moving',
    before: 'active',
    accepted: ['way'],
    renewing: { serviceId: serviceIdOf('api'), name: 'api', forceUpdate: 3 },
    handedOver: { at: NOW, version: 7, sawDownAt: null, sawBackAt: NOW },
    steadySince: NOW,
  },
)
const SESSION = { pid: 4711, host: 'bastion' }

describe('the file of a maintenance', () => {
  test('gives back what was written', () => {
    for (const maintenance of [proposed, midway]) {
      assert.deepEqual(readMaintenance(writeMaintenance(maintenance, SESSION)), {
        ok: true,
        maintenance,
        session: SESSION,
      })
    }
  })

  const whole = writeMaintenance(midway, SESSION)
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['empty', '', /^it is no JSON object$/],
    ['cut', whole.slice(0, -20), /^it is no JSON object$/],
    ['a list', '[]', /^it is no JSON object$/],
    [
      'of a later version',
      whole.replace('"version": 1', '"version": 2'),
      /^it is of version 2, and this program reads version 1$/,
    ],
    ['without a version', '{}', /^it is of version undefined/],
    ['of an unknown step', whole.replace('"moving"', '"dancing"'), /^its field maintenance\.nodes\[0]\.step is not/],
    ['without nodes', whole.replace('"nodes"', '"knots"'), /^its field maintenance\.nodes is not/],
    [
      'of a number that is none',
      whole.replace('"forceUpdate": 3', '"forceUpdate": "3"'),
      /^its field maintenance\.nodes\[0]\.renewing\.forceUpdate/,
    ],
    ['with something else in a list', whole.replace('"way"', '7'), /^its field maintenance\.nodes\[0]\.accepted\[0]/],
    ['without a session', whole.replace('"session"', '"sitting"'), /^its field session is not/],
  ]
  for (const [name, text, expected] of faults) {
    test(`${name} is refused, and it is said where`, () => {
      const read = readMaintenance(text)
      assert.ok(!read.ok)
      assert.match(read.reason, expected)
    })
  }
})

describe('the lock', () => {
  const lockedBy = (text: string) => {
    const { by = '', since = 0 } =
      lockOf(nodeNamed(clusterOf({ nodes: [apiNode({ name: 'w1', labels: { [LOCK_LABEL]: text } })] }), 'w1').node) ??
      {}
    return [by, since]
  }

  test('tells who and since when', () => {
    assert.equal(lockText(BY), 'ops@bastion 2026-11-21T12:00:00Z')
    assert.deepEqual(lockedBy(lockText(BY)), ['ops@bastion', NOW])
  })

  test('of another hand is read as far as it can be', () => {
    assert.deepEqual(lockedBy('me, until tonight'), ['me, until tonight', 0])
    assert.deepEqual(lockedBy(''), ['somebody', 0])
    assert.deepEqual(lockedBy(' 2026-11-21T12:00:00Z'), ['somebody', NOW])
    assert.deepEqual(lockedBy('two words 2026-11-21T12:00:00Z'), ['two words', NOW])
  })
})

describe('what has changed while nobody went on', () => {
  const inHand = withNode(proposed, nodeIdOf('w1'), { step: 'in-hand', before: 'active' })
  const locked = { [LOCK_LABEL]: lockText(BY) }
  const changes = (w1: Partial<Parameters<typeof apiNode>[0]>, tasks = wellReading.tasks ?? []) =>
    findChanges(
      inHand,
      clusterOf({
        ...wellReading,
        tasks,
        nodes: (wellReading.nodes ?? []).map(node =>
          node.ID === nodeIdOf('w1') ? apiNode({ name: 'w1', ...w1 }) : node,
        ),
      }),
    )

  test('nothing', () => assert.deepEqual(changes({ availability: 'drain', labels: locked }, []), []))

  test('nothing but that the one in hand is off', () => {
    assert.deepEqual(changes({ availability: 'drain', labels: locked, state: 'down' }, []), [])
  })

  test('it was activated, and tasks came back', () => {
    assert.deepEqual(changes({}), ['w1 was set to active by someone else', '1 task came back to w1'])
  })

  test('somebody took it over', () => {
    assert.deepEqual(changes({ availability: 'drain', labels: { [LOCK_LABEL]: 'eve 2026-11-21T12:00:00Z' } }, []), [
      'w1 is in maintenance by eve now',
    ])
  })

  test('nodes are gone', () => {
    assert.deepEqual(findChanges(inHand, clusterOf({})), [
      'w1 is no longer in the swarm',
      'm2 is no longer in the swarm',
    ])
  })
})
