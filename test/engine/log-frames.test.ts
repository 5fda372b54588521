import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LONGEST_PAYLOAD, type LogFrame, LogFrames } from '../../source/engine/log-frames.ts'
import { logFrame } from '../helpers/log-frame.ts'

/** What comes of these bytes when they are cut at these places. */
function readAll(bytes: Buffer, cuts: readonly number[] = []): readonly LogFrame[] {
  const frames = new LogFrames()
  const places = [...new Set([0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b)
  const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
  const read = chunks.flatMap(chunk => frames.push(chunk) ?? assert.fail('this is no log'))
  return [...read, ...frames.end()]
}

const said = (frames: readonly LogFrame[]) => frames.map(({ stream, payload }) => `${stream} ${payload}`)

test('Frames are the same wherever the bytes are cut', () => {
  const line = fc.record({ stream: fc.constantFrom(1, 2, 3), text: fc.string({ unit: 'grapheme', maxLength: 60 }) })
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      const frames = readAll(Buffer.concat(lines.map(logFrame)), cuts)
      assert.deepEqual(
        said(frames),
        lines.map(({ stream, text }) => `${stream} ${text}\n`),
      )
    }),
  )
})

test('Without frames, of a service with a terminal, each line is one, wherever the bytes are cut', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map(part => part.replace(/[\r\n]/g, ''))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), fc.array(fc.nat()), (lines, cuts) => {
      const bytes = Buffer.from(lines.map(part => `2026-11-21T12:00:00Z ${part}\r\n`).join(''))
      assert.deepEqual(
        said(readAll(bytes, cuts)),
        lines.map(part => `1 2026-11-21T12:00:00Z ${part}\r\n`),
      )
    }),
  )
})

test('A line without an end is told when the stream ends', () => {
  assert.deepEqual(said(readAll(Buffer.from('2026 one\n2026 two'))), ['1 2026 one\n', '1 2026 two'])
})

test('An empty frame is a frame', () => {
  assert.deepEqual(said(readAll(logFrame({ text: '', ending: '' }))), ['1 '])
})

test('Of a frame that is longer than any line the beginning is kept, and what follows it is read', () => {
  const frames = readAll(
    Buffer.concat([logFrame({ text: 'x'.repeat(5_000_000) }), logFrame({ text: 'after' })]),
    [70_000],
  )
  assert.deepEqual(
    frames.map(({ payload }) => payload.length),
    [LONGEST_PAYLOAD, 'after\n'.length],
  )
})

test('So it is of a line without an end', () => {
  const frames = new LogFrames()
  for (let piece = 0; piece < 100; piece += 1) assert.deepEqual(frames.push(Buffer.from('7'.repeat(10_000))), [])
  assert.deepEqual(
    frames.push(Buffer.from('\nafter\n'))?.map(({ payload }) => payload.length),
    [LONGEST_PAYLOAD, 'after\n'.length],
  )
})

test('Bytes that are no log are told from one', () => {
  for (const bytes of [
    [1, 0, 0, 7, 0, 0, 0, 1, 65],
    [2, 1, 0, 0, 0, 0, 0, 1, 65],
  ]) {
    assert.equal(new LogFrames().push(Buffer.from(bytes)), null)
  }
  const frames = new LogFrames()
  assert.equal(frames.push(logFrame({ text: 'good' }))?.length, 1)
  assert.equal(frames.push(Buffer.from('no header')), null)
})
