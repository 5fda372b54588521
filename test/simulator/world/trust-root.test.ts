import assert from 'node:assert/strict'
import { createPublicKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { newTrustRoot } from '../../../source/simulator/world/trust-root.ts'
import { EPOCH_MS } from '../../helpers/simulated-swarm.ts'

test('the root of a swarm is a certificate that signs itself for twenty years', () => {
  const root = newTrustRoot('seed', EPOCH_MS)
  const certificate = new X509Certificate(root.certificate)
  assert.equal(certificate.subject, 'CN=swarm-ca')
  assert.equal(certificate.issuer, 'CN=swarm-ca')
  assert.equal(certificate.ca, true)
  assert.equal(certificate.validFrom, 'Nov 21 11:55:00 2026 GMT')
  assert.equal(certificate.validTo, 'Nov 16 11:55:00 2046 GMT')
  assert.ok(certificate.verify(certificate.publicKey))
  assert.equal(
    root.publicKey,
    createPublicKey(root.certificate).export({ type: 'spki', format: 'der' }).toString('base64'),
  )
  assert.equal(root.subject, 'MBMxETAPBgNVBAMTCHN3YXJtLWNh')
})

test('the same seed and moment give the same one, whatever the numbers in it are', () => {
  for (let seed = 0; seed < 50; seed++) {
    const root = newTrustRoot(String(seed), EPOCH_MS)
    assert.deepEqual(root, newTrustRoot(String(seed), EPOCH_MS))
    const certificate = new X509Certificate(root.certificate)
    assert.ok(certificate.verify(certificate.publicKey))
  }
  assert.notEqual(newTrustRoot('1', EPOCH_MS).certificate, newTrustRoot('2', EPOCH_MS).certificate)
})

test('after 2049 its time is written out', () => {
  const certificate = new X509Certificate(newTrustRoot('seed', Date.UTC(2040, 0, 1)).certificate)
  assert.equal(certificate.validTo, 'Dec 26 23:55:00 2059 GMT')
})
