/**
 * Orders texts as the docker CLI does: runs of digits as numbers, so that `web.2` comes before `web.10`, and all else
 * by bytes. Where numbers are equal, fewer leading zeros come first. Negative when `a` comes first.
 * Source: fvbommel/sortorder natsort.go (NaturalLess).
 */
export function compareNaturally(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const isNumber = isDigit(a, i)
    if (isNumber !== isDigit(b, j)) return isNumber ? -1 : 1
    if (!isNumber) {
      if (a.charCodeAt(i) !== b.charCodeAt(j)) return codePoint(a, i) - codePoint(b, j)
      i++
      j++
      continue
    }

    const [startA, endA] = digitsFrom(a, i)
    const [startB, endB] = digitsFrom(b, j)
    const lengths = endA - startA - (endB - startB)
    if (lengths !== 0) return lengths
    const digits = compareTexts(a.slice(startA, endA), b.slice(startB, endB))
    if (digits !== 0) return digits
    if (startA - i !== startB - j) return startA - i - (startB - j)
    i = endA
    j = endB
  }
  return a.length - i - (b.length - j)
}

const isDigit = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** UTF-8 bytes stand in the order of code points; the UTF-16 units of a JavaScript string do not. */
const codePoint = (text: string, at: number) => text.codePointAt(at) ?? 0

/** Where the number at `at` begins, its leading zeros left out, and where it ends. */
function digitsFrom(text: string, at: number): readonly [start: number, end: number] {
  let start = at
  while (text[start] === '0') start++
  let end = start
  while (end < text.length && isDigit(text, end)) end++
  return [start, end]
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
