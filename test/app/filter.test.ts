import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter, passesFilter, unknownKeys } from '../../source/app/filter.ts'

const row = {
  name: 'shop_api.2',
  node: 'w1',
  state: 'failed',
  image: 'redis:7',
  label: 'team=a b, tier=x',
  error: 'exec: "cmd" not found',
}

const PASS = [
  '',
  'api',
  'API',
  'api failed',
  'node:w1',
  'NODE:W1',
  'state:failed,rejected',
  'state:rejected,failed',
  '!running',
  '!state:running',
  '!state:running,pending',
  'redis:7',
  'image:redis:7',
  'label:"a b"',
  '"a b"',
  'label:"a b, tier"',
  'label:"b, t",nothing',
  'error:\\"cmd\\"',
  'state:',
  '!',
]

const FAIL = [
  'web',
  '!api',
  'api running',
  'node:w2',
  'state:run,pend',
  '!state:failed,rejected',
  '!redis:7',
  'label:"b a"',
  'name:failed',
  'constructor:x',
  '__proto__:x',
  'stack:shop',
  'error:"not  found"',
]

for (const text of PASS) test(`${text} lets it pass`, () => assert.ok(passesFilter(parseFilter(text), row)))
for (const text of FAIL) test(`${text} holds it back`, () => assert.ok(!passesFilter(parseFilter(text), row)))

test('a quote that is still open goes on to the end', () => {
  assert.ok(passesFilter(parseFilter('label:"a b, ti'), row))
  assert.ok(!passesFilter(parseFilter('label:"a b node:w1'), row))
})

test('a key that rows do not have is told, and nothing else is', () => {
  assert.deepEqual(unknownKeys(parseFilter('nod:w1 node:w1 redis "a:b" !stat:x'), Object.keys(row)), ['nod', 'stat'])
})
