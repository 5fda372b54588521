/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** What xterm and all that follow it draw for the colours from 16 on: a cube of six steps, then greys. */
export function colourOfPalette(number: number): Rgb {
  if (number < 16) throw new Error(`Colour ${number} is the person's own: nobody knows what it looks like`)
  if (number >= 232) {
    const grey = 8 + 10 * (number - 232)
    return [grey, grey, grey]
  }
  const step = (place: number): number => STEPS[Math.floor((number - 16) / place) % 6] ?? 0
  return [step(36), step(6), step(1)]
}

const STEPS = [0, 95, 135, 175, 215, 255]

/** The contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

/**
 * How far two colours are apart for an eye of this kind: 2 can just be told apart, black and white are 100 (CIE76).
 */
export function distance(one: Rgb, other: Rgb, eye: Eye = 'usual'): number {
  const [a, b] = [one, other].map(colour => toLab(seenBy(eye, colour.map(toLinear))))
  return Math.hypot(...[0, 1, 2].map(index => (a?.[index] ?? 0) - (b?.[index] ?? 0)))
}

export type Eye = keyof typeof EYES

/**
 * What is left of linear red, green and blue. Source: Machado, Oliveira, Fernandes: A Physiologically-based Model for
 * Simulation of Color Vision Deficiency, IEEE TVCG 15(6), 2009, at severity 1.0.
 */
const EYES = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const

function seenBy(eye: Eye, linear: readonly number[]): readonly number[] {
  return EYES[eye].map(weights => Math.min(1, Math.max(0, sumOf(weights, linear))))
}

/** From 0 to 1, as light adds up (IEC 61966-2-1). */
function toLinear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

const luminance = (colour: Rgb): number => sumOf([0.2126, 0.7152, 0.0722], colour.map(toLinear))

/** CIELAB under daylight (D65). */
function toLab(linear: readonly number[]): readonly number[] {
  const x = cubeRoot(sumOf([0.4124, 0.3576, 0.1805], linear) / 0.95047)
  const y = cubeRoot(sumOf([0.2126, 0.7152, 0.0722], linear))
  const z = cubeRoot(sumOf([0.0193, 0.1192, 0.9505], linear) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const cubeRoot = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)

const sumOf = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0)
