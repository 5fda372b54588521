import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readYaml } from '../../source/yaml/read-yaml.ts'

test('every value is text as it was written, and has its place', () => {
  const yaml = readYaml('a:\n  - 1.10\n  - yes\nb: { c: "0x1" }\nd:\n')
  assert.ok('value' in yaml)
  assert.deepEqual(yaml.value, { a: ['1.10', 'yes'], b: { c: '0x1' }, d: '' })
  assert.deepEqual(yaml.locate(['a', 1]), { line: 3, column: 5 })
  assert.deepEqual(yaml.locate(['b', 'c']), { line: 4, column: 6 })
})

test('a part that is not there is looked for at the part around it', () => {
  const yaml = readYaml('a: 1\nb: { c: 2 }\n')
  assert.ok('value' in yaml)
  assert.deepEqual(yaml.locate(['b', 'x', 'y']), { line: 2, column: 1 })
})

const TOO_DEEP = 'Lists and maps are more than 16 deep in each other here: none has to be'

/** What nobody who writes a scenario needs, and what is said of it. */
const REFUSED: Readonly<Record<string, readonly [yaml: string, sentence: string]>> = {
  'an alias bomb': [
    `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n`,
    'Anchors are not read here: leave out &a',
  ],
  'an alias': ['a: *b', 'Aliases are not read here: write out what *b stands for'],
  'a tag': ['a: !!binary x', 'Tags are not read here: leave out !!binary'],
  'a tag of somebody else': ['a: !run x', 'Tags are not read here: leave out !run'],
  'a key twice': ['a: 1\na: 2', 'The key a stands twice in the same map: leave one of them out'],
  'a key that is a list': ['? [x]\n: 1', 'A key is a word of text: this is none'],
  'the key that objects are made of': ['__proto__: { x: 1 }', 'A key is a word of text: this is none'],
  'two documents': [
    'a: 1\n---\nb: 1\n',
    'A second document begins here: the file is one document, leave out the --- and what follows',
  ],
  'a tab': ['a:\n\tb: 1', 'Lines are indented with spaces, not with tabs'],
  'a thousand lists in each other': ['['.repeat(1_000), TOO_DEEP],
  'a hundred thousand lists in each other': ['- '.repeat(100_000), TOO_DEEP],
  'a file that is too large': [
    '#'.repeat(500_001),
    'The file has over 500000 characters: no file that is read here needs that many',
  ],
}

for (const [what, [yaml, sentence]] of Object.entries(REFUSED)) {
  test(`${what} is refused`, () => {
    const read = readYaml(yaml)
    assert.ok('problems' in read)
    assert.equal(read.problems[0]?.text, sentence)
  })
}

test('whatever the text, it is read or refused', () => {
  const piece = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '  ',
    '- ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|',
    '&x',
    '*x',
    '#',
    ',',
  )
  const text = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))
  fc.assert(fc.property(text, text => void readYaml(text)))
})
