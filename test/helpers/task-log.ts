import assert from 'node:assert/strict'
import type { Simulator } from '../../source/simulator/simulator.ts'

export type Frame = { readonly stream: number; readonly text: string }

/** A log call of a simulated engine: what it has been sent so far, frame by frame, and whether that was all. */
export type OpenLog = {
  readonly id: string
  readonly type: string
  /** Lets so many milliseconds pass first. */
  readonly read: (ms?: number) => {
    readonly frames: readonly Frame[]
    readonly raw: string
    readonly hasEnded: boolean
  }
}

/** Opens it on one machine's engine. Deliveries for others that are due when it is read are lost to them. */
export function openLog(simulator: Simulator, path: string, machine = 'node1'): OpenLog {
  const reply = simulator.handle({ machine, method: 'GET', path, headers: {}, body: '' })
  assert.ok(reply.kind === 'stream', JSON.stringify(reply))
  let bytes = Buffer.alloc(0)
  let hasEnded = false
  return {
    id: reply.stream,
    type: reply.headers['Content-Type'] ?? '',
    read: (ms = 0) => {
      for (const { stream, text, encoding, isLast } of simulator.advance(simulator.world.now + ms)) {
        if (stream !== reply.stream) continue
        bytes = Buffer.concat([bytes, Buffer.from(text, encoding)])
        hasEnded ||= isLast
      }
      return { frames: framesOf(bytes), raw: bytes.toString(), hasEnded }
    },
  }
}

function framesOf(bytes: Buffer): readonly Frame[] {
  if (bytes.length < 8 || (bytes[0] ?? 0) > 3) return []
  const length = bytes.readUInt32BE(4)
  const text = bytes.subarray(8, 8 + length).toString()
  return [{ stream: bytes[0] ?? 0, text }, ...framesOf(bytes.subarray(8 + length))]
}
