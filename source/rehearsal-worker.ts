import { parentPort } from 'node:worker_threads'
import type { ApiReading } from './api/info.ts'
import { rehearse } from './rehearsal/rehearse.ts'
import type { ReadingList, RehearsalAnswer, RehearsalOrder } from './rehearsal-message.ts'

/*
 * The thread that rehearses, so that no frame waits for it. It keeps the reading that it was given last. What it cannot
 * bear ends it, and whoever started it hears of that.
 */

type Lists = { [List in ReadingList]: ApiReading[List][number][] }

let heading: Pick<ApiReading, 'info' | 'version'> = { info: {}, version: {} }
let lists: Lists = { nodes: [], services: [], tasks: [] }

parentPort?.on('message', (order: RehearsalOrder) => {
  switch (order.kind) {
    case 'begin':
      heading = { info: order.info, version: order.version }
      lists = { nodes: [], services: [], tasks: [] }
      return
    case 'add':
      ;(lists[order.list] as object[]).push(...order.items)
      return
    default: {
      const { number, operations } = order
      const answer: RehearsalAnswer = { number, plan: rehearse({ reading: { ...heading, ...lists }, operations }) }
      parentPort?.postMessage(answer)
    }
  }
})
