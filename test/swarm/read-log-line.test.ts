import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLineReader } from '../../source/swarm/read-log-line.ts'

const DETAILS = 'com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=t1'
const ORIGIN = { serviceId: 's1', taskId: 't1', nodeId: 'n1' }
const NOBODY = { serviceId: '', taskId: '', nodeId: '' }
const TIME = '2026-11-21T01:42:40.578043887Z'

const cases = [
  { line: `${TIME} ${DETAILS} out 1795225360`, time: TIME, origin: ORIGIN, text: 'out 1795225360' },
  { line: `${TIME} ${DETAILS} `, time: TIME, origin: ORIGIN, text: '' },
  { line: `${TIME} ${DETAILS}`, time: TIME, origin: ORIGIN, text: '' },
  { line: `${TIME} ${DETAILS}   indented`, time: TIME, origin: ORIGIN, text: '  indented' },
  { line: `${TIME} color=blue%20%3D,${DETAILS} x`, time: TIME, origin: ORIGIN, text: 'x' },
  { line: `${TIME} a=%zz,com.docker.swarm.task.id=t%31 x`, time: TIME, origin: { ...NOBODY, taskId: 't1' }, text: 'x' },
  { line: `2026-11-21T01:42:40.5Z ${DETAILS} x`, time: '2026-11-21T01:42:40.500000000Z', origin: ORIGIN, text: 'x' },
  { line: `2026-11-21T01:42:40Z ${DETAILS} x`, time: '2026-11-21T01:42:40.000000000Z', origin: ORIGIN, text: 'x' },
  { line: `${TIME} no details`, time: TIME, origin: NOBODY, text: 'no details' },
  { line: 'no time', time: '', origin: NOBODY, text: 'no time' },
  { line: '', time: '', origin: NOBODY, text: '' },
  { line: '2026-99 looks like one', time: '', origin: NOBODY, text: '2026-99 looks like one' },
  { line: '2026-13-01T00:00:00Z x', time: '', origin: NOBODY, text: '2026-13-01T00:00:00Z x' },
  { line: '9999-99-99T99:99:99.9Z x', time: '', origin: NOBODY, text: '9999-99-99T99:99:99.9Z x' },
] as const

for (const { line, ...expected } of cases) {
  test(`${JSON.stringify(line.replace(DETAILS, '…'))} is read`, () => {
    assert.deepEqual(createLineReader()(line), expected)
  })
}

test('Lines of one task share what they tell of it', () => {
  const read = createLineReader()
  assert.equal(read(`${TIME} ${DETAILS} one`).origin, read(`${TIME} ${DETAILS} two`).origin)
})
