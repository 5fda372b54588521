import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNetworkList } from '../../source/swarm/read-network.ts'
import { readSecretList } from '../../source/swarm/read-secret.ts'
import { readSwarmSettings } from '../../source/swarm/read-swarm-settings.ts'
import { readVolumeList } from '../../source/swarm/read-volume.ts'

const NOTHINGS = [null, undefined, 0, '', 'text', [], {}, [null], [7], [[]], { Volumes: 'x' }, { ID: 7 }]

test('whatever an engine answers, nothing is thrown and nothing without an identity is listed', () => {
  for (const answer of NOTHINGS) {
    assert.deepEqual(readNetworkList(answer), [])
    assert.deepEqual(readVolumeList(answer), [])
    assert.deepEqual(readSecretList(answer), [])
    assert.equal(readSwarmSettings(answer), null)
  }
})

test('of two with one identity the first is listed', () => {
  const names = readSecretList([
    { ID: 'a', Spec: { Name: 'one' } },
    { ID: 'a', Spec: { Name: 'other' } },
  ]).map(({ name }) => name)
  assert.deepEqual(names, ['one'])
})

test('a root that is no certificate is told apart from none at all', () => {
  const rootsOf = (TrustRoot: string) => readSwarmSettings({ ID: 'a', TLSInfo: { TrustRoot } })?.certificates.roots
  assert.deepEqual(rootsOf(''), [])
  assert.deepEqual(rootsOf('no certificate'), [null])
  assert.deepEqual(rootsOf('-----BEGIN CERTIFICATE-----\nU0FO\n-----END CERTIFICATE-----\n'), [null])
})

test('a swarm that tells nothing of itself has blanks for settings', () => {
  const settings = readSwarmSettings({ ID: 'a', Spec: { CAConfig: { NodeCertExpiry: 'soon', ExternalCAs: [null] } } })
  assert.equal(settings?.certificates.nodeValidityMs, 0)
  assert.deepEqual(settings?.addressPools, [])
  assert.deepEqual(settings?.tokens, { worker: '', manager: '' })
})
