/** One simple command of a script; `isCondition`: what comes next is done only when it goes well (`&&`). */
export type Statement = { readonly words: readonly string[]; readonly isCondition: boolean }

const QUOTED = String.raw`'[^']*'|"(?:[^"\\]|\\.)*"|\\.`
const TOKEN = new RegExp(String.raw`[^\S\n]*(&&|;|\n|1?>&2|(?:${QUOTED}|[^\s;&|<>()"'\\#])+)`, 'y')
const SEPARATORS = ['&&', ';', '\n']

/**
 * The commands of a shell script that puts them one after the other, with `;`, `&&` or a new line; null for one that
 * asks more of a shell. The date and the container's name are left to be put in: `{date}`, `{hostname}`.
 */
export function readScript(script: string): readonly Statement[] | null {
  const text = withPlaceholders(script.trim())
  const tokens = needsExpansion(text) ? null : tokenise(text)
  if (tokens === null) return null
  const statements: Statement[] = []
  let words: string[] = []
  for (const token of [...tokens, ';']) {
    if (!SEPARATORS.includes(token)) {
      words.push(unquote(token))
    } else if (words.length > 0) {
      statements.push({ words, isCondition: token === '&&' })
      words = []
    }
  }
  return statements
}

function withPlaceholders(script: string): string {
  return script
    .replace(/\$\(\s*date\s*\)|`date`/g, '{date}')
    .replace(/\$\(\s*hostname\s*\)|`hostname`|\$HOSTNAME\b|\$\{HOSTNAME\}/g, '{hostname}')
}

function needsExpansion(text: string): boolean {
  return /[$`]/.test(text.replace(/'[^']*'|\\./g, ''))
}

function tokenise(text: string): readonly string[] | null {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  let at = 0
  while (at < text.length) {
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) return null
    tokens.push(token)
    at = TOKEN.lastIndex
  }
  return tokens
}

function unquote(word: string): string {
  return word.replace(new RegExp(QUOTED, 'g'), part => {
    if (part.startsWith("'")) return part.slice(1, -1)
    return part.startsWith('"') ? part.slice(1, -1).replace(/\\(["\\$`])/g, '$1') : part.slice(1)
  })
}
