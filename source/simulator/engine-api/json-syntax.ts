/**
 * Why a text is not JSON, in Go's words; null when a value ends somewhere and is whole, whatever comes after it.
 * Source: Go encoding/json/scanner.go
 */
export function explainSyntax(text: string): string | null {
  const open: ('object' | 'array')[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    at = skipSpace(text, at)
    const char = text[at]
    if (char === undefined) return 'unexpected EOF'
    const isEnd = (char === '}' && open.at(-1) === 'object') || (char === ']' && open.at(-1) === 'array')
    switch (expected) {
      case 'value':
      case 'value or end':
        if (isEnd && expected === 'value or end') break
        if (char === '{' || char === '[') {
          open.push(char === '{' ? 'object' : 'array')
          expected = char === '{' ? 'key or end' : 'value or end'
          at++
          continue
        } else {
          const scalar = scanScalar(text, at)
          if (typeof scalar === 'string') return scalar
          at = scalar
          if (open.length === 0) return null
          expected = 'comma or end'
          continue
        }
      case 'key':
      case 'key or end': {
        if (isEnd && expected === 'key or end') break
        if (char !== '"') return invalid(char, 'looking for beginning of object key string')
        const key = scanString(text, at)
        if (typeof key === 'string') return key
        at = key
        expected = 'colon'
        continue
      }
      case 'colon':
        if (char !== ':') return invalid(char, 'after object key')
        expected = 'value'
        at++
        continue
      case 'comma or end': {
        const isObject = open.at(-1) === 'object'
        if (isEnd) break
        if (char !== ',') return invalid(char, isObject ? 'after object key:value pair' : 'after array element')
        expected = isObject ? 'key' : 'value'
        at++
        continue
      }
    }
    open.pop()
    at++
    if (open.length === 0) return null
    expected = 'comma or end'
  }
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end'

/** Where it ends, or what is wrong with it. */
function scanScalar(text: string, at: number): number | string {
  const char = text[at] ?? ''
  if (char === '"') return scanString(text, at)
  const literal = ['true', 'false', 'null'].find(word => word[0] === char)
  if (literal !== undefined) return scanLiteral(text, at, literal)
  if (char === '-' || isDigit(char)) return scanNumber(text, at)
  return invalid(char, 'looking for beginning of value')
}

function scanLiteral(text: string, start: number, literal: string): number | string {
  for (let index = 1; index < literal.length; index++) {
    const char = text[start + index]
    if (char === undefined) return 'unexpected EOF'
    if (char !== literal[index]) return invalid(char, `in literal ${literal} (expecting '${literal[index]}')`)
  }
  return start + literal.length
}

function scanString(text: string, start: number): number | string {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') return at + 1
    if (char < ' ') return invalid(char, 'in string literal')
    if (char !== '\\') continue
    const escaped = text[++at]
    if (escaped === undefined) break
    if (escaped === 'u') {
      for (let digit = 0; digit < 4; digit++) {
        const hex = text[++at]
        if (hex === undefined) return 'unexpected EOF'
        if (!/[0-9a-fA-F]/.test(hex)) return invalid(hex, 'in \\u hexadecimal character escape')
      }
    } else if (!'"\\/bfnrt'.includes(escaped)) return invalid(escaped, 'in string escape code')
  }
  return 'unexpected EOF'
}

function scanNumber(text: string, start: number): number | string {
  let at = start
  const digits = (where: string): string | null => {
    const char = text[at]
    if (char === undefined) return 'unexpected EOF'
    if (!isDigit(char)) return invalid(char, where)
    while (isDigit(text[at] ?? '')) at++
    return null
  }
  if (text[at] === '-') at++
  if (text[at] === '0') at++
  else {
    const problem = digits('in numeric literal')
    if (problem !== null) return problem
  }
  if (text[at] === '.') {
    at++
    const problem = digits('after decimal point in numeric literal')
    if (problem !== null) return problem
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++
    if (text[at] === '+' || text[at] === '-') at++
    const problem = digits('in exponent of numeric literal')
    if (problem !== null) return problem
  }
  return at
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++
  return at
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1
}

function invalid(char: string, where: string): string {
  return `invalid character ${quote(char)} ${where}`
}

function quote(char: string): string {
  if (char === "'") return "'\\''"
  if (char === '"') return `'"'`
  return `'${JSON.stringify(char).slice(1, -1)}'`
}
