import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Question } from '../../source/operations/operation.ts'
import { nodeIdOf } from '../helpers/api-builders.ts'
import { frameOf } from '../helpers/frame.tsx'
import { askedOf } from '../helpers/question-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

/** The lines of the card that asks about these many consequences, on a screen of so many rows. */
function cardWith(consequences: number, rows: number): readonly string[] {
  const question: Question = {
    wish: { kind: 'drain', nodeId: nodeIdOf('w1'), name: 'w1' },
    title: 'Drain w1?',
    consequences: Array.from({ length: consequences }, (_, index) => ({
      weight: index === 0 ? 'danger' : 'info',
      text: `what it means, ${index + 1}`,
    })),
    commands: ['docker node update --availability drain w1'],
    confirmation: { kind: 'default-no' },
  }
  const state = stateOf({ columns: 60, rows })
  const frame = frameOf({ ...state, acting: { ...state.acting, question: askedOf(question, state.now) } })
  return frame.split('\n').filter(line => /what it means|lines|Yes/.test(line))
}

test('where there is room, every consequence is there', () => {
  const lines = cardWith(8, 24)
  assert.equal(lines.filter(line => line.includes('what it means')).length, 8)
  assert(!lines.some(line => line.includes('lines')))
})

test('where there is none, the gravest are there, how many there are, and the answers', () => {
  const lines = cardWith(12, 16)
  const shown = lines.filter(line => line.includes('what it means'))
  assert.match(shown[0] ?? '', /what it means, 1 /)
  assert(shown.length >= 4)
  assert.match(lines.at(-2) ?? '', new RegExp(`lines 1-${shown.length} of 12`))
  assert.match(lines.at(-1) ?? '', /\[ Yes \]/)
})
