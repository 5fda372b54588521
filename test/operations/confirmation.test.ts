import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confirmationOf, graver } from '../../source/operations/confirmation.ts'
import { danger, info, warning } from '../../source/operations/consequence.ts'
import type { Confirmation, Operation } from '../../source/operations/operation.ts'
import { toleranceOf } from '../../source/operations/tolerance.ts'
import { onNode } from '../helpers/operation-builders.ts'
import { planOf } from '../helpers/plan-builders.ts'

const remove = (name: string): Operation => ({ kind: 'remove-service', serviceId: 'abcdefghijklmnopq', name })
const typed = (name: string): Confirmation => ({ kind: 'type', name })
const drain = onNode('drain', 'w1')

test('what is small and easily undone is done by Enter; what is in danger is not', () => {
  assert.deepEqual(confirmationOf([drain], [info('a'), warning('b')]), { kind: 'enter' })
  assert.deepEqual(confirmationOf([drain], [info('a'), danger('b')]), { kind: 'default-no' })
})

test('what removes has the name typed, of several how many', () => {
  assert.deepEqual(confirmationOf([remove('api')], [info('a')]), typed('api'))
  assert.deepEqual(confirmationOf([remove('api'), remove('db')], []), typed('remove 2'))
})

test('a name that cannot be typed gives way to the beginning of the ID', () => {
  for (const name of ['', 'データ', 'a b', 'x\u001b[31m', 'n'.repeat(65)]) {
    assert.deepEqual(confirmationOf([remove(name)], []), typed('abcdefghijkl'), name)
  }
  assert.deepEqual(confirmationOf([{ kind: 'remove-stack', stack: 'データ', name: 'データ' }], []), typed('stack'))
})

test('so has what loses the quorum, by its plan', () => {
  const quorum = { before: toleranceOf(3, 3), during: toleranceOf(2, 1), after: toleranceOf(2, 1) }
  assert.deepEqual(confirmationOf([onNode('demote', 'm2')], [], planOf({ quorum })), typed('m2'))
  const both = [onNode('demote', 'm2'), onNode('demote', 'm3')]
  assert.deepEqual(confirmationOf(both, [], planOf({ quorum })), typed('demote 2'))
  const lostAlready = { ...quorum, before: toleranceOf(3, 1) }
  assert.deepEqual(confirmationOf([drain], [], planOf({ quorum: lostAlready })), { kind: 'enter' })
})

test('the graver of two stays', () => {
  assert.deepEqual(graver({ kind: 'enter' }, { kind: 'default-no' }), { kind: 'default-no' })
  assert.deepEqual(graver(typed('api'), { kind: 'enter' }), typed('api'))
  assert.deepEqual(graver(typed('remove 3'), typed('remove 2')), typed('remove 2'))
})
