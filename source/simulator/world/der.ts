/** What certificates are written in: a tag, a length, a content. Source: ITU-T X.690 (DER) */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content])
}

export const SEQUENCE = 0x30
export const SET = 0x31
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04

/** The object identifiers that a certificate of a swarm names. */
export const OID = {
  commonName: oid('550403'),
  ecPublicKey: oid('2a8648ce3d0201'),
  p256: oid('2a8648ce3d030107'),
  ecdsaWithSha256: oid('2a8648ce3d040302'),
  keyUsage: oid('551d0f'),
  basicConstraints: oid('551d13'),
  subjectKeyIdentifier: oid('551d0e'),
}

/** A whole number that is not negative, without zeros before it but the one that says so. */
export function derInteger(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex(byte => byte !== 0)
  const digits = start < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(start))
  return der(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.from([0, ...digits]) : digits)
}

/** Whole bytes of a bit string; `unused`: how many bits of the last one do not count. */
export const derBits = (bytes: Uint8Array, unused = 0): Buffer => der(BIT_STRING, Buffer.from([unused]), bytes)

/** A moment as certificates write it: with two digits of the year until 2049. Milliseconds since 1970. */
export function derTime(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function lengthOf({ length }: Uint8Array): Buffer {
  if (length < 0x80) return Buffer.from([length])
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff])
}
