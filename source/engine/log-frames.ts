/** A frame of a log stream, cut where it is longer than any line that is shown. */
export type LogFrame = {
  /** 1 is standard output, 2 standard error, 3 what went wrong in the engine. */
  readonly stream: number
  readonly payload: Buffer
}

const HEADER_LENGTH = 8
/** The engine cuts lines at 16 KiB itself; of a frame that is longer the rest is read past. */
export const LONGEST_PAYLOAD = 65_536

/**
 * Takes the frames out of a multiplexed log, whose bytes may be cut anywhere. A service with a terminal has no frames:
 * its bytes begin with a time stamp where the others have the number of a stream, and are then given line by line.
 * Source: moby/moby pkg/stdcopy/stdcopy.go
 */
export class LogFrames {
  #mode: 'unknown' | 'frames' | 'lines' = 'unknown'
  #pieces: Buffer[] = []
  /** Bytes of the frame or line that has begun and is kept. */
  #kept = 0
  readonly #header = Buffer.alloc(HEADER_LENGTH)
  #headerLength = 0
  /** Bytes of the present frame that have not come yet. */
  #left = 0

  /** The frames that are complete with this chunk; null when what came is no log. */
  push(chunk: Buffer): readonly LogFrame[] | null {
    const [first] = chunk
    if (first === undefined) return []
    if (this.#mode === 'unknown') this.#mode = first <= 3 ? 'frames' : 'lines'
    const frames: LogFrame[] = []
    return (this.#mode === 'lines' ? this.#pushLines(chunk, frames) : this.#pushFrames(chunk, frames)) ? frames : null
  }

  /** What is left of a line without an end. */
  end(): readonly LogFrame[] {
    return this.#mode === 'lines' && this.#kept > 0 ? [{ stream: 1, payload: this.#takePayload() }] : []
  }

  #pushFrames(chunk: Buffer, frames: LogFrame[]): boolean {
    let at = 0
    while (at < chunk.length) {
      if (this.#headerLength < HEADER_LENGTH) {
        const taken = chunk.copy(this.#header, this.#headerLength, at, at + HEADER_LENGTH - this.#headerLength)
        this.#headerLength += taken
        at += taken
        if (this.#headerLength < HEADER_LENGTH) return true
        if (!isHeader(this.#header)) return false
        this.#left = this.#header.readUInt32BE(4)
      }
      const end = Math.min(chunk.length, at + this.#left)
      this.#keep(chunk.subarray(at, end))
      this.#left -= end - at
      at = end
      if (this.#left > 0) return true
      frames.push({ stream: this.#header[0] ?? 0, payload: this.#takePayload() })
      this.#headerLength = 0
    }
    return true
  }

  #pushLines(chunk: Buffer, frames: LogFrame[]): boolean {
    let at = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      this.#keep(chunk.subarray(at, end + 1))
      frames.push({ stream: 1, payload: this.#takePayload() })
      at = end + 1
    }
    this.#keep(chunk.subarray(at))
    return true
  }

  #keep(piece: Buffer): void {
    const room = LONGEST_PAYLOAD - this.#kept
    if (room <= 0 || piece.length === 0) return
    this.#pieces.push(piece.length > room ? piece.subarray(0, room) : piece)
    this.#kept += Math.min(room, piece.length)
  }

  #takePayload(): Buffer {
    const [first = EMPTY] = this.#pieces
    const payload = this.#pieces.length <= 1 ? first : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#kept = 0
    return payload
  }
}

const NEWLINE = 0x0a
const EMPTY = Buffer.alloc(0)

const isHeader = (header: Buffer): boolean =>
  (header[0] ?? 0) <= 3 && header[1] === 0 && header[2] === 0 && header[3] === 0
