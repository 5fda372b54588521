import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentLines, type Showing, unfoldedLines } from '../../../source/app/inspect/document-lines.ts'

const YAML: Showing = { kind: 'service', format: 'yaml', isRevealed: false }

test('the lines of an object are made once for an answer and its folds, whoever asks', () => {
  const object = { Env: Array.from({ length: 20_000 }, (_, index) => `NAME_${index}=${index}`) }
  const folds = ['/Env']
  assert.equal(unfoldedLines(object, YAML).length, 20_002)
  assert.equal(unfoldedLines(object, YAML), unfoldedLines(object, { ...YAML }))
  assert.equal(documentLines(object, folds, YAML), documentLines(object, folds, YAML))
  assert.equal(documentLines(object, folds, YAML).length, 2)
  assert.notEqual(unfoldedLines({ ...object }, YAML), unfoldedLines(object, YAML))
})
