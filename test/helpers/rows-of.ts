/** The lines of a program's output, without the blanks around them. */
export function rowsOf(output: string): readonly string[] {
  return output
    .split('\n')
    .map(row => row.trim())
    .filter(row => row !== '')
}
