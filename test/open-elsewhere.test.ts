import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { createElsewhere } from '../source/open-elsewhere.ts'

const file = { name: 'service-api.yaml', text: 'ID: s1\n' }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elsewhere-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Opens the file in a pager, with the terminal lent as it is. */
function open(environment: NodeJS.ProcessEnv): Promise<string | null> {
  const elsewhere = createElsewhere({ ...process.env, ...environment })
  elsewhere.lendBy(borrow => borrow())
  return elsewhere.open('pager', file)
}

test('A text is opened in a file that only its reader may read, and that is gone afterwards', async () => {
  const seen = join(folder, 'seen')
  const PAGER = `f() { { stat -c %a "$1"; cat "$1"; echo "$1"; } >${seen}; }; f`
  assert.equal(await open({ PAGER }), null)
  const [mode, text, path = ''] = (await readFile(seen, 'utf8')).split('\n')
  assert.deepEqual([mode, text], ['600', 'ID: s1'])
  await assert.rejects(stat(path), { code: 'ENOENT' })
})

test('A pager that is not there is named', async () => {
  assert.equal(
    await open({ PAGER: '/no/such/pager' }),
    '/no/such/pager could not be run: set $PAGER to a program that is there',
  )
})

test('Where no file can be made it is said why', async context => {
  const { TMPDIR } = process.env
  process.env.TMPDIR = join(folder, 'missing')
  context.after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  })
  assert.match((await open({ PAGER: 'cat' })) ?? '', /^The pager could not be opened: ENOENT/)
})

test('Ending it ends the usual pager itself, and not only the shell that found it', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  await writeFile(join(folder, 'less'), `#!/bin/sh\necho $$ >${pipe}\nexec sleep 60\n`, { mode: 0o700 })
  const elsewhere = createElsewhere({ ...process.env, PAGER: '', PATH: `${folder}:${process.env.PATH}` })
  elsewhere.lendBy(borrow => borrow())
  const closed = elsewhere.open('pager', file)
  const pid = Number(await readFile(pipe, 'utf8'))
  elsewhere.close()
  assert.equal(await closed, null)
  assert.throws(() => process.kill(pid), { code: 'ESRCH' })
})
