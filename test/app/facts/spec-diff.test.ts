import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiService, ApiServiceSpec } from '../../../source/api/service.ts'
import { specDiff } from '../../../source/app/facts/spec-diff.ts'
import { type Resource, resourceKey } from '../../../source/app/resources.ts'
import type { ResourceRef } from '../../../source/swarm/resource-ref.ts'
import { apiService, NOW, serviceIdOf, timeAgo } from '../../helpers/api-builders.ts'
import { wellReading } from '../../helpers/cluster-builders.ts'
import { answered, linesOf } from '../../helpers/fact-lines.ts'
import { stateOf } from '../../helpers/state-builders.ts'

const REF: ResourceRef = { kind: 'object', object: { kind: 'service', id: serviceIdOf('api') } }

const linesWith = (resources: Readonly<Record<string, Resource>>, service: ApiService = apiService({ name: 'api' })) =>
  linesOf(
    specDiff(
      stateOf({
        reading: { ...wellReading, services: [service] },
        view: { screen: { kind: 'service', serviceId: serviceIdOf('api') }, focus: 'spec-diff' },
        change: { resources },
      }),
    ),
  )

const specWith = (image: string, env: readonly string[], networks: readonly string[] = []): ApiServiceSpec => ({
  Name: 'api',
  TaskTemplate: { ContainerSpec: { Image: image, Env: env }, Networks: networks.map(Target => ({ Target })) },
})

test('until the specs are read it says so, and why they could not be', () => {
  assert.deepEqual(linesWith({}), ['the specs are being read'])
  const asked: Resource = { ref: REF, asked: 1, askedAt: NOW, value: null, readAt: null, problem: null }
  assert.deepEqual(linesWith({ [resourceKey(REF)]: asked }), ['the specs are being read'])
  const failed: Resource = { ...asked, asked: null, problem: { kind: 'refused', address: '10.0.0.1:2375' } }
  assert.match(linesWith({ [resourceKey(REF)]: failed }).join(), /^could not be read: .*10\.0\.0\.1:2375/)
})

test('a service that never changed, and one whose old spec an automatic rollback took', () => {
  const Spec = specWith('api:1', [])
  assert.deepEqual(linesWith(answered(REF, { Spec })), ['never changed since it was created'])
  const update = { State: 'rollback_completed', StartedAt: timeAgo(1000), CompletedAt: timeAgo(500) }
  assert.deepEqual(linesWith(answered(REF, { Spec }), apiService({ name: 'api', update })), [
    'Swarm keeps no spec before this one: it was rolled back to it',
  ])
})

test('what changed line by line, what did not only counted, values of variables hidden', () => {
  const PreviousSpec = specWith('api:1.8', ['LEVEL=hush', 'GONE=hush', 'SAME=hush'], ['n1'])
  const Spec = specWith('api:1.9', ['SAME=hush', 'LEVEL=hush-hush', 'NEW=hush'], ['n1', 'n2'])
  const networks = answered({ kind: 'networks' }, [{ Id: 'n2', Name: 'back' }])
  const lines = linesWith({ ...answered(REF, { Spec, PreviousSpec }), ...networks })
  assert.deepEqual(lines, [
    '# 5 settings changed',
    '  1 setting unchanged',
    '- image: api:1.8',
    '+ image: api:1.9',
    '~ environment LEVEL=••• → •••',
    '- environment GONE=•••',
    '  1 setting unchanged',
    '+ environment NEW=•••',
    '  1 setting unchanged',
    '+ network back',
  ])
  assert.doesNotMatch(lines.join('\n'), /hush/)
})

test('two specs that say the same, and an answer that is none', () => {
  const Spec = specWith('api:1', ['A=1', 'B=2'])
  const PreviousSpec = specWith('api:1', ['B=2', 'A=1'])
  assert.deepEqual(linesWith(answered(REF, { Spec, PreviousSpec })), [
    '# The spec and the one before it say the same',
    '  4 settings unchanged',
  ])
  assert.deepEqual(linesWith(answered(REF, 'nonsense')), ['never changed since it was created'])
})
