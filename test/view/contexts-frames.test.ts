import { test } from 'node:test'
import type { ListedContext } from '../../source/swarm/listed-context.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const context = (name: string, words: Partial<ListedContext> = {}): ListedContext => ({
  name,
  description: '',
  endpoint: `ssh://ops@${name}`,
  isCurrent: false,
  problem: '',
  ...words,
})

const one = [context('default', { endpoint: 'unix:///var/run/docker.sock', isCurrent: true })]
const WORLDS: Readonly<Record<string, readonly ListedContext[] | null>> = {
  'contexts-none-yet': null,
  'contexts-one': one,
  contexts: [
    ...one,
    context('prod', { description: 'the real one' }),
    context('4f2a', {
      endpoint: '',
      problem: 'It cannot be used, since /home/me/.docker/contexts/meta/4f2a/meta.json is not JSON',
    }),
    context(`long-${'x'.repeat(200)}`),
    context('日本語', { description: 'a\u001b[31mred' }),
  ],
}

for (const [columns, rows] of [
  [80, 24],
  [120, 36],
  [200, 50],
] as const) {
  for (const [name, list] of Object.entries(WORLDS)) {
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({
        columns,
        rows,
        settings: { source: { kind: 'engine', name: 'prod (ssh://ops@prod)', context: 'prod' } },
        view: { screen: { kind: 'contexts' }, focus: 'contexts' },
        change: { contexts: { list, isAsking: list === null, askedAt: 0 } },
      })
      expectFrame(`${name}.${columns}x${rows}`, frameOf(state))
    })
  }
}
