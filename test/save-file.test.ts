import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveFile } from '../source/save-file.ts'
import { temporaryFolder } from './helpers/whole-program.ts'

test('A file is made with its folders, for its owner alone', async t => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'swarmtop', 'logs', 'api.log')
  assert.equal(await saveFile(file, ['one', 'two']), null)
  assert.equal(readFileSync(file, 'utf8'), 'one\ntwo\n')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(statSync(join(folder, 'swarmtop')).mode & 0o777, 0o700)
})

test('What would steer a terminal that it is shown on is written out', async t => {
  const file = join(temporaryFolder(t), 'log')
  await saveFile(file, ['\u001b]0;title\u0007\ttab\r\u009b2J'])
  assert.equal(readFileSync(file, 'utf8'), '␛]0;title␇    tab␍\\x9b2J\n')
})

test('What is there already stays as it is', async t => {
  const file = join(temporaryFolder(t), 'log')
  writeFileSync(file, 'old')
  assert.equal(await saveFile(file, ['new']), 'there is something of this name already; choose another')
  assert.equal(readFileSync(file, 'utf8'), 'old')
})

test('It says why it cannot', async t => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file'), '')
  assert.equal(await saveFile(join(folder, 'file', 'log'), []), 'a part of the path is no folder')
  assert.equal(await saveFile(join(folder, 'x'.repeat(300)), []), 'the name is too long')
})
