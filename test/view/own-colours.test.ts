import assert from 'node:assert/strict'
import { test } from 'node:test'
import { colourOwn } from '../../source/view/logs/own-colours.ts'
import type { Depth } from '../../source/view/themes.ts'

/** `text`, or `<31>text</>`. */
function coloured(text: string, depth: Depth = 256): string {
  return colourOwn(text.replaceAll('␛', '\u001b'), depth)
    .map(({ text: part, look }) => (look.ownColours === undefined ? part : `<${look.ownColours}>${part}</>`))
    .join('')
}

const cases: readonly (readonly [text: string, many: string, few?: string])[] = [
  ['plain', 'plain'],
  ['', ''],
  ['␛[31mred␛[0m plain', '<31>red</> plain'],
  ['␛[31mred␛[m plain', '<31>red</> plain'],
  ['␛[1;33;44mwarn␛[22m less␛[39;49m none', '<1;33;44>warn</><33;44> less</> none'],
  ['␛[2mdim␛[0m ␛[7mreversed␛[27m', '<2>dim</> <7>reversed</>'],
  ['␛[97;107mbright', '<97;107>bright</>'],
  ['␛[38;5;208morange', '<38;5;208>orange</>', '<33>orange</>'],
  ['␛[48;5;17mblue', '<48;5;17>blue</>', '<40>blue</>'],
  ['␛[38;2;255;0;0mred', '<38;5;196>red</>', '<91>red</>'],
  ['␛[38;2;128;128;128mgrey', '<38;5;244>grey</>', '<90>grey</>'],
  ['␛[38:2::0:255:0mgreen', '<38;5;46>green</>', '<92>green</>'],
  ['␛[38:5:208;1morange', '<1;38;5;208>orange</>', '<1;33>orange</>'],
  // What is no colour changes nothing, and takes nothing with it.
  ['␛[38;5;999mx', 'x'],
  ['␛[38;9;1mx', '<1>x</>'],
  ['␛[3;4;5;8;9;53mx', 'x'],
  ['␛[999999999999mx', 'x'],
  ['␛[31', '\u001b[31'],
  ['␛[2Kx␛[31mred', '\u001b[2Kx<31>red</>'],
]

for (const [text, many, few] of cases) {
  test(`${text} asks for ${JSON.stringify(many)}`, () => {
    assert.equal(coloured(text), many)
    assert.equal(coloured(text, 16), few ?? many)
  })
}
