import { type Key, useInput, usePaste } from 'ink'

/**
 * Hands every key to `onKey` under its name in the key table (`d`, `D`, `ctrl+c`, `enter`, `shift+tab`, `f5`) and pasted
 * text to `onPaste`, as a whole. Ink has to be told not to quit on Ctrl+C by itself.
 */
export function useKeys(onKey: (key: string) => void, onPaste: (text: string) => void): void {
  useInput((input, key) => {
    for (const name of nameKeys(input, key)) onKey(name)
  })
  usePaste(onPaste)
}

/** The keys that one of Ink's input events stands for: usually one, several where they were typed faster than read. */
function nameKeys(input: string, key: Key): readonly string[] {
  if (key.eventType === 'release') return []
  const special = nameSpecial(key)
  if (special !== null) return [special]
  if (key.ctrl) return [`ctrl+${input === ' ' ? 'space' : input.toLowerCase()}`]
  if (input === '') return [FUNCTION_KEY]
  const typed = Array.from(input, nameCharacter)
  return key.meta ? ['esc', ...typed] : typed
}

/**
 * Ink names no function key: each of them comes as an empty input. F5 is the only one that means something here, and
 * to read now, which it does, harms nobody who pressed another.
 */
const FUNCTION_KEY = 'f5'

function nameSpecial(key: Key): string | null {
  if (key.upArrow) return 'up'
  if (key.downArrow) return 'down'
  if (key.leftArrow) return 'left'
  if (key.rightArrow) return 'right'
  if (key.pageUp) return 'pageup'
  if (key.pageDown) return 'pagedown'
  if (key.home) return 'home'
  if (key.end) return 'end'
  if (key.return) return 'enter'
  if (key.escape) return 'esc'
  if (key.tab) return key.shift ? 'shift+tab' : 'tab'
  if (key.backspace) return 'backspace'
  return key.delete ? 'delete' : null
}

/** Over a slow line several keys arrive as one text, and an Esc before them as if Alt had been held. */
function nameCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return CONTROL_NAMES[character] ?? (code < 0x20 ? `ctrl+${String.fromCharCode(code + 0x60)}` : character)
}

const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u001b': 'esc',
  '\b': 'backspace',
  '\u007f': 'backspace',
}
