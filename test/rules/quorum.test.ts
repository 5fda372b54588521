import assert from 'node:assert/strict'
import { test } from 'node:test'
import { majorityOf, tolerance } from '../../source/rules/quorum.ts'

const TABLE: readonly (readonly [members: number, majority: number, survives: number])[] = [
  [1, 1, 0],
  [2, 2, 0],
  [3, 2, 1],
  [4, 3, 1],
  [5, 3, 2],
  [6, 4, 2],
  [7, 4, 3],
  [8, 5, 3],
  [9, 5, 4],
]

for (const [members, majority, survives] of TABLE) {
  test(`${members} managers decide by ${majority} and survive the loss of ${survives}`, () => {
    assert.equal(majorityOf(members), majority)
    assert.equal(tolerance(members, members), survives)
  })
}

test('a manager that is not reachable counts as lost already', () => {
  assert.equal(tolerance(3, 2), 0)
  assert.equal(tolerance(3, 1), -1)
  assert.equal(tolerance(5, 4), 1)
})
