/** What a person did with the mouse, where: cells counted from 0. `steps`: how far the wheel went, down is positive. */
export type Pointer = { readonly column: number; readonly row: number } & (
  | { readonly kind: 'click'; readonly button: 'left' | 'right' }
  | { readonly kind: 'wheel'; readonly steps: number }
)

/**
 * Takes what a terminal reports of the mouse out of what it sends, and tells of it: Ink would drop it, as it does all
 * sequences that are no keys. A report that a slow line has cut is put together again: its parts must never be taken for
 * keys. Of a wheel that is turned fast many steps come at once, and are told as one.
 */
export class MouseInput {
  readonly #tell: (pointer: Pointer) => void
  /** The beginning of a report, which waits for the rest. */
  #held = ''
  /** What may be the beginning of one, and may be a key: it was let pass. */
  #passed = ''
  #wheel: (Pointer & { readonly kind: 'wheel' }) | null = null

  constructor(tell: (pointer: Pointer) => void) {
    this.#tell = tell
  }

  /** The keys of a piece of input; the mouse is told of meanwhile. */
  take(chunk: string): string {
    const joined = this.#held + this.#rejoin(chunk)
    const whole = joined.replace(REPORTS, (_, button, column, row, final) => {
      this.#hear(button, Number(column) - 1, Number(row) - 1, final)
      return ''
    })
    this.#held = BEGUN.exec(whole)?.[0] ?? ''
    const keys = whole.slice(0, whole.length - this.#held.length)
    this.#passed = /\u001b\[?$/.exec(keys)?.[0] ?? ''
    return keys
  }

  /** The chunk, with what was let pass before it where both make a report. */
  #rejoin(chunk: string): string {
    return this.#passed !== '' && REPORT_FIRST.test(this.#passed + chunk) ? this.#passed + chunk : chunk
  }

  #hear(button: string, column: number, row: number, final: string): void {
    const meaning = BUTTONS[button]
    if (final === 'm' || column < 0 || row < 0 || meaning === undefined) return
    if (meaning.kind === 'wheel') {
      this.#turn({ column, row, ...meaning })
    } else {
      this.#flush()
      this.#tell({ column, row, ...meaning })
    }
  }

  #turn(turned: Pointer & { readonly kind: 'wheel' }): void {
    if (this.#wheel === null) queueMicrotask(() => this.#flush())
    this.#wheel = { ...turned, steps: turned.steps + (this.#wheel?.steps ?? 0) }
  }

  #flush(): void {
    const wheel = this.#wheel
    this.#wheel = null
    if (wheel !== null && wheel.steps !== 0) this.#tell(wheel)
  }
}

/** Reports in the SGR mode (1006). Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Mouse-Tracking */
const REPORTS = /\u001b\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])/g
const REPORT_FIRST = /^\u001b\[<\d{1,3};\d{1,5};\d{1,5}[Mm]/
const BEGUN = /\u001b\[<[\d;]{0,15}$/

/** A button that is let go, moved, or pressed with a modifier means nothing here. */
const BUTTONS: Readonly<
  Record<string, { kind: 'click'; button: 'left' | 'right' } | { kind: 'wheel'; steps: number }>
> = {
  0: { kind: 'click', button: 'left' },
  2: { kind: 'click', button: 'right' },
  64: { kind: 'wheel', steps: -1 },
  65: { kind: 'wheel', steps: 1 },
}

/** The same terminal, of which the mouse is heard apart. */
export function withoutMouse(stdin: NodeJS.ReadStream, tell: (pointer: Pointer) => void): NodeJS.ReadStream {
  const mouse = new MouseInput(tell)
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read') {
        return (size?: number) => {
          const chunk: unknown = target.read(size)
          return chunk === null ? null : mouse.take(String(chunk))
        }
      }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
