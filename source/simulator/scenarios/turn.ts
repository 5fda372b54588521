/** The entry of a list whose turn it is in this round. */
export function turn<T>(list: readonly T[], round: number): T {
  return list[round % list.length] as T
}
