/** Which rows of a list are on the screen: from `first` up to and without `end`. */
export type Window = { readonly first: number; readonly end: number }

/**
 * The part of a list of `count` rows to show in `height` so that the row `selected` is on it with some of its
 * neighbours. It moves by half a height at a time: between those steps only the selection itself is drawn anew, where
 * a list that moved with every key would be sent whole with each.
 */
export function visibleWindow(count: number, height: number, selected: number): Window {
  if (height <= 0) return { first: 0, end: 0 }
  if (count <= height) return { first: 0, end: count }
  const step = Math.max(1, Math.floor(height / 2))
  const wanted = Math.floor((selected - Math.floor(height / 4)) / step) * step
  const first = Math.min(Math.max(0, wanted), count - height)
  return { first, end: first + height }
}
