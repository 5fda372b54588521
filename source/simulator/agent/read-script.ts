/** One simple command of a script; `isCondition`: what comes next is done only when it goes well (`&&`). */
export type Statement = { readonly words: readonly string[]; readonly isCondition: boolean }

/** Quoted text, a word's other characters, or what separates commands. */
const TOKEN = /\s*(&&|;|\n|(?:'[^']*'|"[^"]*"|\\[^\n]|[^\s;&|<>()`"'\\#]|\d?>&2)+)[^\S\n]*/y

/**
 * The commands of a shell script that puts them one after the other, with `;`, `&&` or a new line; null for one that
 * asks more of a shell. The date and the container's name are put in when they are known.
 */
export function readScript(script: string): readonly Statement[] | null {
  const tokens = tokenise(withPlaceholders(script.trim()))
  if (tokens === null) return null
  const statements: Statement[] = []
  let words: string[] = []
  for (const token of [...tokens, ';']) {
    if (![';', '\n', '&&'].includes(token)) words.push(token)
    else if (words.length > 0) {
      statements.push({ words: words.map(unquote), isCondition: token === '&&' })
      words = words[0] === 'do' && words.length === 1 ? words : []
      if (words.length > 0) statements.pop()
    }
  }
  return statements.length === 0 ? null : statements
}
