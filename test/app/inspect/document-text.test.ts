import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { textOfLine } from '../../../source/app/inspect/document.ts'
import { documentLines, type Showing, unfoldedLines } from '../../../source/app/inspect/document-lines.ts'
import { documentText } from '../../../source/app/inspect/document-text.ts'

const YAML: Showing = { kind: 'service', format: 'yaml', isRevealed: false }
const JSON_TEXT: Showing = { ...YAML, format: 'json' }

const service = {
  ID: 'abc123',
  Spec: {
    Name: 'api',
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image: 'api:1.9', Args: ['--port', '80'], TTY: true },
      Mounts: [
        { Type: 'bind', Source: '/a b', ReadOnly: true },
        { Type: 'tmpfs', Options: { Size: 64 } },
      ],
      Networks: [],
      Runtime: null,
    },
  },
  Note: 'one\ntwo: 2\n',
}

test('an object is written as YAML as people know it', () => {
  assert.equal(
    documentText(service, YAML),
    `# service api
ID: abc123
Spec:
  Name: api
  Labels: {}
  TaskTemplate:
    ContainerSpec:
      Image: api:1.9
      Args:
        - --port
        - '80'
      TTY: true
    Mounts:
      - Type: bind
        Source: /a b
        ReadOnly: true
      - Type: tmpfs
        Options:
          Size: 64
    Networks: []
    Runtime: null
Note: |
  one
  two: 2
`,
  )
})

test('what is folded says how much it is', () => {
  const folds = ['/Spec/TaskTemplate/ContainerSpec', '/Spec/TaskTemplate/Mounts', '/Note']
  const lines = documentLines(service, folds, YAML).map(textOfLine)
  assert.deepEqual(lines.slice(6), [
    '    ContainerSpec: {…} 3 keys',
    '    Mounts: […] 2 items',
    '    Networks: []',
    '    Runtime: null',
    'Note: | … 2 lines',
  ])
  const json = documentLines(service, ['/Spec'], JSON_TEXT).map(textOfLine)
  assert.deepEqual(json, ['{', '  "ID": "abc123",', '  "Spec": {…} 3 keys,', '  "Note": "one\\ntwo: 2\\n"', '}'])
})

test('a part of it stands by itself, a text without quotes', () => {
  const part = (path: string, showing = YAML) => documentText(service, showing, path)
  assert.equal(part('/ID'), 'abc123')
  assert.equal(part('/Spec/TaskTemplate/ContainerSpec/Args/1'), '80')
  assert.equal(part('/Note#1'), 'one\ntwo: 2\n')
  assert.equal(part('/Spec/TaskTemplate/Mounts/1'), 'Type: tmpfs\nOptions:\n  Size: 64\n')
  assert.equal(part('/Spec/TaskTemplate/ContainerSpec/Args', JSON_TEXT), '[\n  "--port",\n  "80"\n]\n')
  assert.equal(part('/Spec$', JSON_TEXT), part('/Spec', JSON_TEXT))
  assert.equal(part('/nowhere'), '')
})

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    ' ',
    'yes',
    '0x1f',
    '1e3',
    '-1',
    '12:30',
    '2026-11-21',
    '~',
    '- a',
    '--- a',
    'a: b',
    'a #b',
    'a:',
    '#',
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    '\na',
    '  a\nb',
    '\ta\nb',
    'a\n b \n',
    "it's",
    '"',
    '\u001b[31m\nred',
    'a\u202eb\nc',
    '0o17',
    '.5',
    '1_000',
    '=',
    '<<',
    '__proto__',
  ),
)
const value = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('any'), { maxKeys: 5 }),
})).any
const object = fc.record({ Kind: value, Other: value, 'a/b~c#d$': value })

test('whatever is in an object, its YAML and its JSON mean the same', () => {
  fc.assert(
    fc.property(object, wild => {
      const revealed = { ...YAML, isRevealed: true }
      const meant = JSON.parse(
        JSON.stringify(wild, (_name, item) => (typeof item === 'string' ? item.toWellFormed() : item)),
      )
      assert.deepEqual(parse(documentText(wild, revealed)), meant)
      assert.deepEqual(
        JSON.parse(documentText(wild, { ...revealed, format: 'json' })),
        JSON.parse(JSON.stringify(wild)),
      )
    }),
    { numRuns: 300 },
  )
})

test('nothing in a text can steer a terminal, and no two lines are the same one', () => {
  fc.assert(
    fc.property(object, wild => {
      for (const format of ['yaml', 'json'] as const) {
        assert.doesNotMatch(documentText(wild, { ...YAML, format }), /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u)
        const paths = unfoldedLines(wild, { ...YAML, format }).map(({ path }) => path)
        assert.equal(new Set(paths).size, paths.length)
      }
    }),
    { numRuns: 200 },
  )
})
