import { type Row, type Span, span } from '../row.ts'
import { type Look, PLAIN } from '../theme.ts'
import type { Depth } from '../themes.ts'

/**
 * A text with the colours that it asks for itself (SGR: 16 and 256 colours and any, bold, dim, reversed): the nearest of
 * those that the terminal has. No other sequence is carried out; what is left of it is text, and made visible where it is drawn.
 */
export function colourOwn(text: string, depth: Depth): Row {
  if (!text.includes('\u001b')) return [span(text)]
  const spans: Span[] = []
  let look: OwnLook = NONE
  let at = 0
  for (const { 0: sequence, 1: parameters = '', index } of text.matchAll(SGR)) {
    if (index > at) spans.push(span(text.slice(at, index), toLook(look)))
    look = changeLook(look, parseParameters(parameters), depth)
    at = index + sequence.length
  }
  return at < text.length ? [...spans, span(text.slice(at), toLook(look))] : spans
}

const SGR = /\u001b\[([\d;:]*)m/g

type OwnLook = {
  readonly foreground: string
  readonly background: string
  readonly bold: boolean
  readonly dim: boolean
  readonly inverse: boolean
}

const NONE: OwnLook = { foreground: '', background: '', bold: false, dim: false, inverse: false }

function toLook({ foreground, background, bold, dim, inverse }: OwnLook): Look {
  const parameters = [bold && '1', dim && '2', inverse && '7', foreground, background].filter(Boolean)
  return parameters.length === 0 ? PLAIN : { ownColours: parameters.join(';') }
}

/** Numbers; a colour written with colons is one parameter, and becomes what it is with semicolons. */
function parseParameters(text: string): readonly number[] {
  return text.split(';').flatMap(parameter => {
    const parts = parameter.split(':').map(Number)
    if (parts.length < 3) return parts.slice(0, 1)
    // A colour space may stand before the three parts of a colour.
    return parts[1] === 2 ? [...parts.slice(0, 2), ...parts.slice(-3)] : parts.slice(0, 3)
  })
}

function changeLook(before: OwnLook, parameters: readonly number[], depth: Depth): OwnLook {
  let look = before
  for (let index = 0; index < parameters.length; index += 1) {
    const code = parameters[index] ?? 0
    if (code === 38 || code === 48) {
      const { colour, taken } = readColour(parameters.slice(index + 1))
      const side = code === 38 ? 'foreground' : 'background'
      if (colour !== null) look = { ...look, [side]: writeColour(colour, code === 48, depth) }
      index += taken
    } else look = changeByCode(look, code)
  }
  return look
}

function changeByCode(look: OwnLook, code: number): OwnLook {
  if (code === 0) return NONE
  if (code === 1) return { ...look, bold: true }
  if (code === 2) return { ...look, dim: true }
  if (code === 7) return { ...look, inverse: true }
  if (code === 22) return { ...look, bold: false, dim: false }
  if (code === 27) return { ...look, inverse: false }
  if (code === 39) return { ...look, foreground: '' }
  if (code === 49) return { ...look, background: '' }
  if (isBetween(code, 30, 37) || isBetween(code, 90, 97)) return { ...look, foreground: String(code) }
  if (isBetween(code, 40, 47) || isBetween(code, 100, 107)) return { ...look, background: String(code) }
  return look
}

type Rgb = readonly [red: number, green: number, blue: number]
type Colour = { readonly kind: 'index'; readonly index: number } | { readonly kind: 'rgb'; readonly rgb: Rgb }

/** What follows 38 or 48, and how many parameters it takes. */
function readColour([kind, ...rest]: readonly number[]): { readonly colour: Colour | null; readonly taken: number } {
  if (kind === 5) {
    const [index = -1] = rest
    return { colour: isByte(index) ? { kind: 'index', index } : null, taken: 2 }
  }
  if (kind !== 2) return { colour: null, taken: 0 }
  const [red = -1, green = -1, blue = -1] = rest
  const isColour = [red, green, blue].every(isByte)
  return { colour: isColour ? { kind: 'rgb', rgb: [red, green, blue] } : null, taken: 4 }
}

/** The parameters of SGR for the nearest colour that the terminal has. */
function writeColour(colour: Colour, isBackground: boolean, depth: Depth): string {
  const base = isBackground ? 48 : 38
  if (depth === 256) return `${base};5;${colour.kind === 'index' ? colour.index : nearestOfCube(colour.rgb)}`
  const basic = colour.kind === 'index' && colour.index < 16 ? colour.index : nearestBasic(rgbOf(colour))
  return String((basic < 8 ? 30 + basic : 82 + basic) + (isBackground ? 10 : 0))
}

/** Of the 256 colours 16 to 231 are a cube of six steps a side, and 232 to 255 are grey. */
function nearestOfCube([red, green, blue]: Rgb): number {
  if (red === green && green === blue) {
    if (red < 8) return 16
    return red > 248 ? 231 : 232 + Math.min(23, Math.round((red - 8) / 10))
  }
  const [r, g, b] = [red, green, blue].map(part => (part < 48 ? 0 : part < 115 ? 1 : Math.round((part - 55) / 40)))
  return 16 + 36 * (r ?? 0) + 6 * (g ?? 0) + (b ?? 0)
}

function rgbOf(colour: Colour): Rgb {
  if (colour.kind === 'rgb') return colour.rgb
  const { index } = colour
  if (index < 16) return BASIC[index] ?? BLACK
  if (index >= 232) return [8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10]
  const step = (part: number) => (part === 0 ? 0 : 55 + part * 40)
  const cube = index - 16
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]
}

function nearestBasic([red, green, blue]: Rgb): number {
  const distances = BASIC.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
  return distances.indexOf(Math.min(...distances))
}

const BLACK: Rgb = [0, 0, 0]

/** As xterm has them. */
const BASIC: readonly Rgb[] = [
  BLACK,
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
]

const isBetween = (value: number, least: number, most: number): boolean => value >= least && value <= most
const isByte = (value: number): boolean => Number.isInteger(value) && isBetween(value, 0, 255)
