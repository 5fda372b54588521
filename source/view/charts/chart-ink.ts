/** Which colour of a drawing stands for what; what it looks like is said where it is shown. */
export const INK = { axis: 0, first: 2, second: 4, words: 7 } as const
