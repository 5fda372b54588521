/** The state of the small fast counter generator (sfc32). It lives in the world, so that the world alone says what comes next. */
export type RandomState = { a: number; b: number; c: number; counter: number }

export function seedRandom(seed: number): RandomState {
  const random = { a: 0x9e3779b9, b: 0x243f6a88, c: seed | 0, counter: 1 }
  for (let round = 0; round < 15; round++) draw(random)
  return random
}

/** A number from 0 up to, but not including, 1. */
export function draw(random: RandomState): number {
  const sum = (random.a + random.b + random.counter) | 0
  random.counter = (random.counter + 1) | 0
  random.a = random.b ^ (random.b >>> 9)
  random.b = (random.c + (random.c << 3)) | 0
  random.c = (((random.c << 21) | (random.c >>> 11)) + sum) | 0
  return (sum >>> 0) / 0x1_0000_0000
}

export function drawBelow(random: RandomState, limit: number): number {
  return Math.floor(draw(random) * limit)
}

/** A whole number within the range, both ends included. */
export function drawWithin(random: RandomState, [from, to]: readonly [number, number]): number {
  return from + drawBelow(random, to - from + 1)
}

/** The same in any order. */
export function shuffle<T>(random: RandomState, items: readonly T[]): readonly T[] {
  const shuffled = [...items]
  for (let index = shuffled.length - 1; index > 0; index--) {
    const other = drawBelow(random, index + 1)
    const [one, two] = [shuffled[index], shuffled[other]] as [T, T]
    shuffled[index] = two
    shuffled[other] = one
  }
  return shuffled
}

/** 25 characters of base 36, as nodes, services and tasks are called. Source: moby/swarmkit identity/randomid.go */
export function drawId(random: RandomState): string {
  return drawBase36(random, 25)
}

export function drawBase36(random: RandomState, length: number): string {
  return drawText(random, '0123456789abcdefghijklmnopqrstuvwxyz', length)
}

/** 64 hexadecimal digits, as containers are called. */
export function drawContainerId(random: RandomState): string {
  return drawText(random, '0123456789abcdef', 64)
}

export function drawText(random: RandomState, alphabet: string, length: number): string {
  let text = ''
  for (let index = 0; index < length; index++) text += alphabet[drawBelow(random, alphabet.length)]
  return text
}
