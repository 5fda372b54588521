import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readScript } from './read-script.ts'
import { readScripts } from './scripts.ts'

const folder = mkdtempSync(join(tmpdir(), 'swarmtop-script-'))
after(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  const path = join(folder, 'story.script')
  writeFileSync(path, text)
  return readScript(path)
}

test('a script has a title, a beginning and its steps', () => {
  const { name, title, start, chance, isEveryday, steps } = read(
    [
      '# A worker dies.',
      '# Nobody minds.',
      'managers node1 node2',
      'workers node3',
      'by chance: nodes leader',
      'every day',
      '',
      "node1$ docker node ls --format '{{.Hostname}} {{.Status}}' \\",
      '  --filter <worker token>',
      'kill node3',
      'until web has 2 failed',
      'until node3 is down',
      'pass 1.5 s',
      'look',
    ].join('\n'),
  )
  assert.deepEqual(
    { name, title, start, chance: [...chance], isEveryday },
    {
      name: 'story',
      title: 'A worker dies. Nobody minds.',
      start: { managers: ['node1', 'node2'], workers: ['node3'] },
      chance: ['nodes', 'leader'],
      isEveryday: true,
    },
  )
  assert.deepEqual(
    steps.map(({ line, text, ...step }) => step),
    [
      {
        kind: 'docker',
        machine: 'node1',
        words: ['node', 'ls', '--format', '{{.Hostname}} {{.Status}}', '--filter', '<worker token>'],
      },
      { kind: 'strike', action: 'kill', machine: 'node3' },
      { kind: 'until', condition: { kind: 'tasks', service: 'web', count: 2, state: 'failed' } },
      { kind: 'until', condition: { kind: 'node', node: 'node3', state: 'down' } },
      { kind: 'pass', seconds: 1.5 },
      { kind: 'look' },
    ],
  )
})

test('a line that nobody understands is named', () => {
  assert.throws(() => read('# Odd.\nnode1$ docker node ls\n\nuntil pigs fly\n'), /story\.script:4: nobody understands/)
})

test('every script can be read, tells its story and looks at what came of it', () => {
  for (const { name, title, steps } of readScripts()) {
    assert.notEqual(title, '', name)
    assert.ok(
      steps.some(({ kind }) => kind === 'look'),
      name,
    )
  }
})
