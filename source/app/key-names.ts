/** As a person would say it: `Ctrl+C`, `↑`, `PgDn`. */
export function nameKey(key: string): string {
  return KEY_NAMES[key] ?? key.replace(/^ctrl\+(.)/, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`)
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  f5: 'F5',
  'ctrl+c': 'Ctrl+C',
  'ctrl+f': 'Ctrl+F',
  'ctrl+b': 'Ctrl+B',
  'ctrl+s': 'Ctrl+S',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Delete',
}

/** The keys that no letter stands for, without those held with Ctrl. */
export const NAMED_KEYS: readonly string[] = Object.keys(KEY_NAMES).filter(key => !key.startsWith('ctrl+'))
