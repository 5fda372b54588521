/** A row of a table that the docker CLI printed: its cells by the heads of their columns. */
export type PrintedRow = Readonly<Record<string, string>>

/** Takes a table apart by where its heads stand. A blank before a cell is kept: it is the sign of history. */
export function readTable(printed: string): readonly PrintedRow[] {
  const [head = '', ...lines] = printed.split('\n').filter(line => line !== '')
  const columns = [...head.matchAll(/\S+(?: \S+)*/g)].map(({ 0: name, index }) => ({ name, index }))
  return lines.map(line =>
    Object.fromEntries(
      columns.map(({ name, index }, position) => [name, line.slice(index, columns[position + 1]?.index).trimEnd()]),
    ),
  )
}

/** These cells of each row as one line, as one would say it; those that are empty leave no trace. */
export function sayRows(printed: string, ...columns: readonly string[]): readonly string[] {
  return readTable(printed).map(row =>
    columns
      .map(column => row[column] ?? `no column ${column}`)
      .filter(cell => cell !== '')
      .join(' '),
  )
}
