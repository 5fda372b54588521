import { createHash } from 'node:crypto'

/** What the certificates of a swarm's nodes go back to, as its API shows it. */
export type TrustRoot = {
  /** A certificate in form alone: nothing is encrypted between simulated machines. */
  readonly certificate: string
  /** Base64 of the names and the key of who signs, in DER. */
  readonly subject: string
  readonly publicKey: string
}

/** `CN=swarm-ca`. Source: moby/swarmkit ca/certificates.go (rootCN) */
const SUBJECT = 'MBMxETAPBgNVBAMTCHN3YXJtLWNh'
const LINE = 64
/** How every certificate of this length begins, and every key on the curve P-256. */
const CERTIFICATE_HEAD = 'MIIBazCCARCgAwIBAgIU'
const KEY_HEAD = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'

/** Always the same one from the same seed. */
export function newTrustRoot(seed: string): TrustRoot {
  const body = `${CERTIFICATE_HEAD}${expand(`${seed} certificate`, 8 * LINE)}`.slice(0, 8 * LINE)
  const lines = Array.from({ length: 8 }, (_, index) => body.slice(index * LINE, (index + 1) * LINE))
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    subject: SUBJECT,
    publicKey: `${KEY_HEAD}${expand(`${seed} key`, 85)}w==`,
  }
}

/** SHA-256 of the certificate, in hexadecimal: what join tokens name and whoever joins compares. */
export function digestOf({ certificate }: TrustRoot): string {
  return createHash('sha256').update(certificate).digest('hex')
}

function expand(seed: string, length: number): string {
  let text = ''
  for (let round = 0; text.length < length; round++) {
    text += createHash('sha256').update(`${seed} ${round}`).digest('base64').slice(0, 43)
  }
  return text.slice(0, length)
}
