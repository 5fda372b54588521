import { createECDH, createHash } from 'node:crypto'
import { der, derInteger, SEQUENCE } from './der.ts'

/** The order of the curve P-256. Source: FIPS 186-4, D.1.2.3 */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** A key on the curve P-256: the same from the same seed. */
export type SigningKey = { readonly secret: bigint; readonly publicPoint: Buffer }

export function newSigningKey(seed: string): SigningKey {
  const secret = numberFrom(`${seed} key`)
  return { secret, publicPoint: pointOf(secret) }
}

/**
 * ECDSA with SHA-256. Node's own draws a number by chance for each signature; here it comes from the key and the text,
 * so that the same text has the same signature, which whoever has the public key finds to be right.
 */
export function sign({ secret }: SigningKey, text: Uint8Array): Buffer {
  const hash = createHash('sha256').update(text).digest()
  const once = numberFrom(`${secret} ${hash.toString('hex')}`)
  const r = numberIn(pointOf(once).subarray(1, 33)) % ORDER
  const s = (inverse(once) * (numberIn(hash) + r * secret)) % ORDER
  return der(SEQUENCE, derInteger(bytesOf(r)), derInteger(bytesOf(s)))
}

/** From 1 up to the order of the curve. */
const numberFrom = (seed: string): bigint => (numberIn(createHash('sha256').update(seed).digest()) % (ORDER - 1n)) + 1n

const numberIn = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex')

/** The point that is so many times the curve's own: 4, then both coordinates. */
function pointOf(number: bigint): Buffer {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(bytesOf(number))
  return curve.getPublicKey()
}

/** By Fermat: the order is a prime. */
function inverse(number: bigint): bigint {
  let result = 1n
  let base = number
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER
    base = (base * base) % ORDER
  }
  return result
}
