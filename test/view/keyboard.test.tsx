import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { Text } from 'ink'
import { render } from 'ink-testing-library'
import { useKeys } from '../../source/view/keyboard.ts'

/** What reaches the program when a terminal sends these bytes in one piece. */
async function press(bytes: string): Promise<readonly string[]> {
  const seen: string[] = []
  const app = render(<Listener note={name => seen.push(name)} />)
  await setImmediate()
  app.stdin.write(bytes)
  await setImmediate()
  app.unmount()
  return seen
}

function Listener({ note }: { readonly note: (name: string) => void }) {
  useKeys(note, text => note(`pasted ${JSON.stringify(text)}`))
  return <Text>listening</Text>
}

const CASES: readonly (readonly [what: string, bytes: string, keys: readonly string[]])[] = [
  ['a letter', 'd', ['d']],
  ['a capital is another key', 'D', ['D']],
  ['a sign', '?', ['?']],
  ['a digit', '3', ['3']],
  ['the space bar', ' ', ['space']],
  ['a letter outside ASCII', 'ü', ['ü']],
  ['Enter', '\r', ['enter']],
  ['Enter as a line feed', '\n', ['enter']],
  ['Tab and back', '\t', ['tab']],
  ['Shift+Tab', '\u001b[Z', ['shift+tab']],
  ['Backspace', '\u007f', ['backspace']],
  ['Ctrl+C', '\u0003', ['ctrl+c']],
  ['Ctrl+D', '\u0004', ['ctrl+d']],
  ['Ctrl+U', '\u0015', ['ctrl+u']],
  ['arrows', '\u001b[A\u001b[B\u001b[C\u001b[D', ['up', 'down', 'right', 'left']],
  ['arrows of another mode', '\u001bOA\u001bOB', ['up', 'down']],
  ['pages', '\u001b[5~\u001b[6~', ['pageup', 'pagedown']],
  ['Home and End of xterm', '\u001b[H\u001b[F', ['home', 'end']],
  ['Home and End of a Linux console', '\u001b[1~\u001b[4~', ['home', 'end']],
  ['F5', '\u001b[15~', ['f5']],
  ['keys typed faster than they are read', 'jjd', ['j', 'j', 'd']],
  ['words and Enter in one piece', '/web\r', ['/', 'w', 'e', 'b', 'enter']],
  ['Esc and a key after it in one piece', '\u001bj', ['esc', 'j']],
  ['a held Backspace', '\u007f\u007f', ['backspace', 'backspace']],
  ['what is pasted is no key', '\u001b[200~d\ry\u001b[201~', ['pasted "d\\ry"']],
  ['that the window has the focus is no key', '\u001b[I\u001b[O', []],
]

for (const [what, bytes, keys] of CASES) {
  test(what, async () => {
    assert.deepEqual(await press(bytes), keys)
  })
}
