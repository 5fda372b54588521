const LONGEST = 255

const PATH = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const NAME = new RegExp(`^(?:(${HOST})/)?(${PATH}(?:/${PATH})*)$`)
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const IDENTIFIER = /^[a-f0-9]{64}$/

/** `[registry/]path[:tag][@digest]`. Source: distribution/reference regexp.go, normalize.go (ParseNormalizedNamed) */
export function isImageReference(text: string): boolean {
  if (text.length > LONGEST + 300 || IDENTIFIER.test(text)) return false
  const [named = '', digest] = cut(text, text.indexOf('@'))
  const colon = named.lastIndexOf(':')
  const [name = '', tag] = cut(named, colon > named.lastIndexOf('/') ? colon : -1)
  return (
    name.length <= LONGEST &&
    NAME.test(name) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest))
  )
}

function cut(text: string, at: number): readonly string[] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
