import { drawText, type RandomState } from './random.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** 32 bytes in base64 without padding: 43 characters, the last of which has four bits. Source: moby/swarmkit manager/encryption/encryption.go */
export function newUnlockKey(random: RandomState): string {
  return `SWMKEY-1-${drawText(random, DIGITS, 42)}${drawText(random, 'AEIMQUYcgkosw048', 1)}`
}

export function isUnlockKey(text: string): boolean {
  return /^SWMKEY-1-([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2,3})?$/.test(text)
}
