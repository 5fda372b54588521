import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { textOfLine } from '../../../source/app/inspect/document.ts'
import { type Showing, unfoldedLines } from '../../../source/app/inspect/document-lines.ts'
import { documentText } from '../../../source/app/inspect/document-text.ts'
import { prepareDocument } from '../../../source/app/inspect/prepare-document.ts'
import { MASK } from '../../../source/swarm/masking.ts'
import type { ObjectKind } from '../../../source/swarm/resource-ref.ts'

const masked = (kind: ObjectKind, raw: unknown, isRevealed = false) =>
  prepareDocument(raw, { kind, format: 'yaml', isRevealed })

test('of a variable the name is shown, and of one without a value nothing is hidden', () => {
  const { value, masked: count } = masked('task', { Spec: { ContainerSpec: { Env: ['A=1', 'B=x=y', 'C', '=d'] } } })
  assert.deepEqual(value, { Spec: { ContainerSpec: { Env: [`A=${MASK}`, `B=${MASK}`, 'C', '=d'] } } })
  assert.equal(count, 2)
})

test('options and labels are masked by their names, and passwords within others', () => {
  const LogDriver = {
    Name: 'splunk',
    Options: { 'splunk-token': 'abc', 'splunk-url': 'https://me:pw@logs.example.com', mode: 'x' },
  }
  const Labels = { 'traefik.auth.password': 'pw', tier: 'front', API_KEY: 'k' }
  assert.deepEqual(masked('service', { LogDriver, Labels }).value, {
    LogDriver: {
      Name: 'splunk',
      Options: { 'splunk-token': MASK, 'splunk-url': `https://me:${MASK}@logs.example.com`, mode: 'x' },
    },
    Labels: { 'traefik.auth.password': MASK, tier: 'front', API_KEY: MASK },
  })
  assert.deepEqual(masked('volume', { Options: { o: 'addr=10.0.0.1,username=me,password=pw,rw' } }).value, {
    Options: { o: `addr=10.0.0.1,username=me,password=${MASK},rw` },
  })
})

test('names of secrets, and keys that are public, are no secrets', () => {
  const raw = { Secrets: [{ SecretID: 'abc', SecretName: 'db' }], TLSInfo: { CertIssuerPublicKey: 'MFk' } }
  assert.deepEqual(masked('service', raw).value, raw)
})

test('join tokens are shown on request, the content of a secret never', () => {
  const JoinTokens = { Worker: 'SWMTKN-1-a', Manager: 'SWMTKN-1-b' }
  assert.deepEqual(masked('swarm', { JoinTokens }).value, { JoinTokens: { Worker: MASK, Manager: MASK } })
  assert.deepEqual(masked('swarm', { JoinTokens }, true).value, { JoinTokens })
  assert.deepEqual(masked('secret', { Spec: { Data: 'aGk=' } }, true).value, { Spec: { Data: MASK } })
})

test('the text of a config is shown in clear where it is text', () => {
  const config = (Data: string) => ({ Spec: { Name: 'conf', Data } })
  const yaml = (Data: string) => documentText(config(Data), { kind: 'config', format: 'yaml', isRevealed: false })
  const encode = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64')
  assert.equal(
    yaml(encode('listen 80;\n\troot /;\n')),
    '# config conf\nSpec:\n  Name: conf\n  Data: |  # decoded from base64\n    listen 80;\n    \troot /;\n',
  )
  const picture = encode(Buffer.from([0x89, 0x50, 0, 0xff]))
  assert.equal(yaml(picture), `# config conf\nSpec:\n  Name: conf\n  Data: ${picture}\n`)
  assert.match(
    documentText(config(encode('hi')), { kind: 'config', format: 'json', isRevealed: false }),
    /"Data": "aGk="/,
  )
})

test('a hostile answer is not followed to the end of the stack', () => {
  let deep: unknown = 'end'
  for (let level = 0; level < 20_000; level++) deep = [deep]
  const text = documentText({ deep }, { kind: 'node', format: 'yaml', isRevealed: false })
  assert.match(text, /more than 60 levels deep/)
})

/** Values that nothing else can contain by chance. */
const secret = fc.uuid()
const spec = fc.record({
  ContainerSpec: fc.record({
    Image: fc.string(),
    Env: fc.array(
      fc.tuple(fc.stringMatching(/^[A-Z_]{1,8}$/), secret).map(pair => pair.join('=')),
      { minLength: 1 },
    ),
  }),
  LogDriver: fc.record({
    Options: fc.dictionary(fc.stringMatching(/^[a-z-]{0,5}(token|password|secret|key)$/), secret),
  }),
  Labels: fc.dictionary(fc.stringMatching(/^[a-z.]{0,5}(Token|PASSWORD|Secret|key)[a-z]{0,3}$/), secret),
})
const secretsOf = (object: unknown): readonly string[] =>
  JSON.stringify(object).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []

test('no value that is masked is in any line, copy or file, however it is written', () => {
  fc.assert(
    fc.property(spec, spec, (TaskTemplate, Before) => {
      const object = { ID: 'abc', Spec: { Name: 'api', TaskTemplate }, PreviousSpec: { TaskTemplate: Before } }
      const hidden = secretsOf(object)
      assert.ok(hidden.length > 0)
      for (const kind of ['service', 'task', 'node', 'config', 'secret'] as const) {
        for (const format of ['yaml', 'json'] as const) {
          const showing: Showing = { kind, format, isRevealed: false }
          const lines = unfoldedLines(object, showing)
          const written = [
            documentText(object, showing),
            ...lines.map(textOfLine),
            ...lines.map(({ path }) => documentText(object, showing, path)),
          ].join('\n')
          assert.ok(!hidden.some(value => written.includes(value)))
          const revealed = documentText(object, { ...showing, isRevealed: true })
          assert.ok(hidden.every(value => revealed.includes(value)))
        }
      }
    }),
    { numRuns: 60 },
  )
})
