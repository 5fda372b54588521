/**
 * The sequence that terminals take a text for their clipboard with (OSC 52): it works over SSH too. tmux takes it itself
 * with `set-clipboard on`, and hands it on with `allow-passthrough on`, so that it gets both. screen hands on short
 * pieces of what stands in a string of its own. Over SSH the name of the terminal alone may be either's.
 */
export function clipboardSequence(text: string, { TMUX, STY, TERM = '' }: NodeJS.ProcessEnv = process.env): string {
  const data = Buffer.from(text).toString('base64')
  const plain = `${ESC}]52;c;${data}${BEL}`
  if (TMUX) return `${plain}${ESC}Ptmux;${plain.replaceAll(ESC, ESC + ESC)}${END}`
  if (STY) return forScreen(plain)
  return TERM.startsWith('screen') ? plain + forScreen(plain) : plain
}

const forScreen = (sequence: string): string =>
  (sequence.match(/.{1,200}/gs) ?? []).map(piece => `${ESC}P${piece}${END}`).join('')

const ESC = '\u001b'
const BEL = '\u0007'
const END = `${ESC}\\`
