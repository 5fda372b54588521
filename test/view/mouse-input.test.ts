import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MouseInput } from '../../source/view/mouse-input.ts'

const ESC = '\u001b'

/** What is heard of these pieces of input, one after the other: keys as they are, the mouse in a word. */
async function hear(...chunks: readonly string[]): Promise<readonly string[]> {
  const heard: string[] = []
  const mouse = new MouseInput(({ column, row, ...what }) => {
    heard.push(`${what.kind === 'click' ? what.button : `wheel ${what.steps}`} at ${column},${row}`)
  })
  for (const chunk of chunks) {
    const keys = mouse.take(chunk)
    if (keys !== '') heard.push(keys)
  }
  await Promise.resolve()
  return heard
}

const CASES: readonly (readonly [what: string, chunks: readonly string[], heard: readonly string[]])[] = [
  ['a click', [`${ESC}[<0;10;20M${ESC}[<0;10;20m`], ['left at 9,19']],
  ['the right button', [`${ESC}[<2;1;1M`], ['right at 0,0']],
  ['a place far out', [`${ESC}[<0;1200;300M`], ['left at 1199,299']],
  ['a wheel that is turned fast', [`${ESC}[<65;5;6M`.repeat(300)], ['wheel 300 at 4,5']],
  ['a wheel to and fro', [`${ESC}[<64;5;6M${ESC}[<65;5;6M`], []],
  ['a wheel before a click', [`${ESC}[<64;5;6M${ESC}[<0;5;6M`], ['wheel -1 at 4,5', 'left at 4,5']],
  ['keys around it', [`a${ESC}[<0;2;3Mb${ESC}[A`], ['left at 1,2', `ab${ESC}[A`]],
  ['one that is cut', [`${ESC}[<0;1`, '0;20', 'Mj'], ['left at 9,19', 'j']],
  ['one that is cut after its first sign', [ESC, '[<0;10;20Mj'], [ESC, 'left at 9,19', 'j']],
  ['one that is cut after its second', [`${ESC}[`, '<0;10;20M'], [`${ESC}[`, 'left at 9,19']],
  ['Esc alone, then a key', [ESC, 'j'], [ESC, 'j']],
  ['buttons and modifiers that mean nothing', [`${ESC}[<1;5;6M${ESC}[<4;5;6M${ESC}[<35;5;6M${ESC}[<0;0;6M`], []],
  ['what only looks like one', ['[<0;1;1M', '<1;1;1M'], ['[<0;1;1M', '<1;1;1M']],
]

for (const [what, chunks, heard] of CASES) {
  test(what, async () => assert.deepEqual(await hear(...chunks), heard))
}
