import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiNodeSpec } from '../../source/api/node.ts'
import type { ApiServiceSpec } from '../../source/api/service.ts'
import { changeNodeSpec, changeServiceSpec } from '../../source/operations/change.ts'
import type { NodeSwitch, OperationOf } from '../../source/operations/operation.ts'

const onNode = (kind: NodeSwitch['kind']): NodeSwitch => ({ kind, nodeId: 'node-w1', name: 'w1' })

describe('the spec of a node', () => {
  const fresh = { Name: '', Labels: { zone: 'a' }, Role: 'worker', Availability: 'active' }

  const changes: readonly (readonly [NodeSwitch['kind'], ApiNodeSpec])[] = [
    ['drain', { ...fresh, Availability: 'drain' }],
    ['activate', { ...fresh, Availability: 'active' }],
    ['pause', { ...fresh, Availability: 'pause' }],
    ['promote', { ...fresh, Role: 'manager' }],
    ['demote', { ...fresh, Role: 'worker' }],
  ]

  for (const [kind, expected] of changes) {
    test(`${kind} changes one field, and nothing more when repeated`, () => {
      const changed = changeNodeSpec(onNode(kind), fresh)
      assert.deepEqual(changed, expected)
      assert.deepEqual(changeNodeSpec(onNode(kind), changed), expected)
    })
  }

  test('fields that we do not know go back as they came', () => {
    const spec = { ...fresh, FromALaterEngine: { kept: true } }
    assert.deepEqual(changeNodeSpec(onNode('drain'), spec), { ...spec, Availability: 'drain' })
  })
})

describe('the spec of a service', () => {
  const operation: OperationOf<'force-update'> = { kind: 'force-update', serviceId: 'service-api', name: 'api' }

  test('a forced update raises the counter by one and keeps the rest', () => {
    const spec = {
      Name: 'api',
      TaskTemplate: { ContainerSpec: { Image: 'api:1', Env: ['KEY=secret'], Isolation: 'default' }, ForceUpdate: 4 },
      Mode: { Replicated: { Replicas: 3 } },
      FromALaterEngine: [1],
    } satisfies ApiServiceSpec & Record<string, unknown>
    assert.deepEqual(changeServiceSpec(operation, spec), {
      ...spec,
      TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 5 },
    })
  })

  test('a counter that is not there counts as 0', () => {
    assert.deepEqual(changeServiceSpec(operation, { Name: 'api' }), { Name: 'api', TaskTemplate: { ForceUpdate: 1 } })
  })
})

test('labels go with an availability in one change, and others stay', () => {
  const labels = { set: { 'swarmtop.maintenance': 'ops' }, unset: ['old'] }
  const operation = { kind: 'drain', nodeId: 'n', name: 'w1', labels } as const
  assert.deepEqual(
    changeNodeSpec(operation, { Role: 'worker', Availability: 'active', Labels: { zone: 'a', old: '' } }),
    {
      Role: 'worker',
      Availability: 'drain',
      Labels: { zone: 'a', 'swarmtop.maintenance': 'ops' },
    },
  )
})
