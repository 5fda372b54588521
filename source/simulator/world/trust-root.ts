import { createHash } from 'node:crypto'
import { der, derBits, derInteger, derTime, OCTET_STRING, OID, SEQUENCE, SET } from './der.ts'
import { newSigningKey, sign } from './sign.ts'

/** What the certificates of a swarm's nodes go back to, as its API shows it. */
export type TrustRoot = {
  /** PEM. A certificate that any tool reads and finds to be signed well; no node of a simulation has one from it. */
  readonly certificate: string
  /** Base64 of the names and the key of who signs, in DER. */
  readonly subject: string
  readonly publicKey: string
}

/** Source: moby/swarmkit ca/certificates.go (rootCN, RootCAExpiration) */
const NAME = 'swarm-ca'
const VALID_MS = 630_720_000_000
/** For clocks that are behind. Source: cloudflare/cfssl signer/signer.go (FillTemplate) */
const BACKDATED_MS = 5 * 60_000
const LINE = 64

/**
 * Always the same one from the same seed and moment. `at`: when it is made, milliseconds since 1970.
 * Source: moby/swarmkit ca/certificates.go (CreateRootCA)
 */
export function newTrustRoot(seed: string, at: number): TrustRoot {
  const key = newSigningKey(seed)
  const subject = der(SEQUENCE, der(SET, der(SEQUENCE, OID.commonName, der(0x13, Buffer.from(NAME)))))
  const publicKey = der(SEQUENCE, der(SEQUENCE, OID.ecPublicKey, OID.p256), derBits(key.publicPoint))
  const validFrom = Math.round(at / 60_000) * 60_000 - BACKDATED_MS
  const body = der(
    SEQUENCE,
    VERSION_3,
    derInteger(serialOf(seed)),
    ALGORITHM,
    subject,
    der(SEQUENCE, derTime(validFrom), derTime(validFrom + VALID_MS)),
    subject,
    publicKey,
    extensions(key.publicPoint),
  )
  const certificate = der(SEQUENCE, body, ALGORITHM, derBits(sign(key, body)))
  return {
    certificate: toPem(certificate),
    subject: subject.toString('base64'),
    publicKey: publicKey.toString('base64'),
  }
}

/** Twenty bytes, and no more with a sign. */
function serialOf(seed: string): Buffer {
  const [first = 0, ...rest] = createHash('sha1').update(`${seed} serial`).digest()
  return Buffer.from([first & 0x7f, ...rest])
}

/** SHA-256 of the certificate, in hexadecimal: what join tokens name and whoever joins compares. */
export function digestOf({ certificate }: TrustRoot): string {
  return createHash('sha256').update(certificate).digest('hex')
}

const VERSION_3 = der(0xa0, derInteger(Buffer.from([2])))
const ALGORITHM = der(SEQUENCE, OID.ecdsaWithSha256)
const CRITICAL = der(0x01, Buffer.from([0xff]))

/** It may sign certificates and lists of those that are no longer good, and says that it is an authority. */
function extensions(publicPoint: Buffer): Buffer {
  const usage = der(SEQUENCE, OID.keyUsage, CRITICAL, der(OCTET_STRING, derBits(Buffer.from([0x06]), 1)))
  const constraints = der(SEQUENCE, OID.basicConstraints, CRITICAL, der(OCTET_STRING, der(SEQUENCE, CRITICAL)))
  const identifier = der(OCTET_STRING, createHash('sha1').update(publicPoint).digest())
  return der(
    0xa3,
    der(SEQUENCE, usage, constraints, der(SEQUENCE, OID.subjectKeyIdentifier, der(OCTET_STRING, identifier))),
  )
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
