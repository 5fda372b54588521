export type Shown = string | RegExp | ((screen: string) => boolean)

/** Whether all of it is to be seen at once. */
export function allShown(...wanted: readonly Shown[]): (screen: string) => boolean {
  const isShown = (screen: string): boolean =>
    wanted.every(want => {
      if (typeof want === 'string') return screen.includes(want)
      return typeof want === 'function' ? want(screen) : want.test(screen)
    })
  // Shown by a failure, where the function's own text would say nothing.
  isShown.toString = () => wanted.map(String).join(' and ')
  return isShown
}

/**
 * Cells of one row, one beside the other. The engine that is asked has a star behind its name, one whose machine is off
 * says so as far as there is room, a warning has its sign.
 */
export function row(name: string, ...cells: readonly string[]): RegExp {
  return new RegExp([`\\b${name}(?: \\*)?(?: \\(o\\S*)?`, ...cells].join('\\s+(?:▲ )?'))
}

export function pointedAt(name: string): RegExp {
  return new RegExp(`› *${name}\\b`)
}
