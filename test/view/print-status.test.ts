import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportAdvice } from '../../source/operations/report-advice.ts'
import { printStatus } from '../../source/view/print-status.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { strangeReading, troubledReading } from '../helpers/readings.ts'

const print = (reading: Parameters<typeof clusterOf>[0]) =>
  printStatus(clusterOf(reading), reportAdvice(clusterOf(reading)), 'prod-eu').replace(/\n$/, '')

test('a swarm that is well', () => expectFrame('status-healthy', print(wellReading)))

test('what is wrong stands above the tables', () => expectFrame('status-troubled', print(troubledReading)))

test('names and errors cannot steer the terminal', () => {
  const text = print(strangeReading)
  expectFrame('status-strange-names', text)
  assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u)
})
