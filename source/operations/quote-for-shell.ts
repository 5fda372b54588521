/** One word of a command line, to be pasted into a shell. */
export function quoteForShell(word: string): string {
  return /^[\w.:@%+/-][\w.:@%+/=,-]*$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
