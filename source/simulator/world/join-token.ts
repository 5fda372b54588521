import { drawBase36, type RandomState } from './random.ts'
import { digestOf, type TrustRoot } from './trust-root.ts'

const DIGEST_LENGTH = 50
const SECRET_LENGTH = 25
const FORM = new RegExp(`^SWMTKN-1-([0-9a-z]{${DIGEST_LENGTH}})-([0-9a-z]{${SECRET_LENGTH}})$`)

/** `SWMTKN-1-<the root certificate's digest>-<a secret>`. Source: moby/swarmkit ca/config.go (GenerateJoinToken) */
export function newJoinToken(random: RandomState, root: TrustRoot): string {
  const digest = BigInt(`0x${digestOf(root)}`)
    .toString(36)
    .padStart(DIGEST_LENGTH, '0')
  return `SWMTKN-1-${digest}-${drawBase36(random, SECRET_LENGTH)}`
}

/** The digest of a root certificate that a token trusts, in hexadecimal; null when it is no token at all. */
export function trustedDigest(token: string): string | null {
  const [, digest] = FORM.exec(token) ?? []
  if (digest === undefined) return null
  let value = 0n
  for (const digit of digest) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  return value.toString(16).padStart(64, '0')
}
