/** What a cell of a chart was drawn for: the axes, and the rest of a ring; one of two series; words in it; nothing. */
export type Ink = 'axis' | 'first' | 'second' | 'words' | null

export type Cell = { readonly character: string; readonly ink: Ink }

/** What a chart has drawn: lines of cells. */
export type Drawing = readonly (readonly Cell[])[]
