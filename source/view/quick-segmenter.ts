/**
 * Narrow characters besides ASCII of which our frames are made: Latin letters, punctuation, arrows, lines, blocks, and the
 * Braille of charts. Each is a grapheme by itself and one cell wide. For a character class of a regular expression.
 */
export const NARROW =
  '\\u00a0-\\u00ac\\u00ae-\\u024f\\u2010-\\u2027\\u203a\\u2190-\\u2193\\u221a\\u2260-\\u2265\\u2500-\\u259f\\u25b2\\u25cb\\u25cf\\u2800-\\u28ff'

/** Escape sequences too: a control character is never part of a larger grapheme, but for CR and LF together. */
const ONLY_NARROW = new RegExp(`^[\\n\\u001b\\u0020-\\u007e${NARROW}]*$`)

type Segment = Intl.SegmentData
/** Ink cuts lines by it when the terminal has become narrower than the frame. */
type Segments = Iterable<Segment> & { containing(index?: number): Segment | undefined }

/**
 * Divides text into graphemes as `Intl.Segmenter` does, which the bundle puts this in the place of, for Ink too. The
 * first of those takes a tenth of the time to the first frame, and each text that is taken apart takes some of every
 * frame; but no frame needs it until there is a character that can be part of a larger one.
 */
export class QuickSegmenter {
  readonly #arguments: ConstructorParameters<typeof Intl.Segmenter>
  #segmenter: Intl.Segmenter | null = null

  constructor(...arguments_: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#arguments = arguments_
  }

  segment(text: string): Segments {
    if (ONLY_NARROW.test(text)) return new NarrowSegments(text)
    // By way of globalThis: the bundle puts this class where `Intl.Segmenter` stands alone.
    this.#segmenter ??= new globalThis.Intl.Segmenter(...this.#arguments)
    return this.#segmenter.segment(text)
  }
}

/** A text of which every character is a grapheme. */
class NarrowSegments implements Segments {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  *[Symbol.iterator](): Iterator<Segment> {
    for (let index = 0; index < this.#text.length; index += 1) yield this.#at(index)
  }

  containing(index = 0): Segment | undefined {
    const at = Math.trunc(index) || 0
    return at >= 0 && at < this.#text.length ? this.#at(at) : undefined
  }

  #at(index: number): Segment {
    return { segment: this.#text[index] ?? '', index, input: this.#text }
  }
}
