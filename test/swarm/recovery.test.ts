import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRecovery } from '../../source/swarm/recovery.ts'
import { apiInfo, apiManager, apiNode, nodeIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

const managers = (count: number, unreachable: readonly string[] = []) =>
  clusterOf({
    nodes: [
      ...Array.from({ length: count }, (_, index) => {
        const name = `m${index + 1}`
        const reachability = unreachable.includes(name) ? 'unreachable' : 'reachable'
        return apiManager(name, { isLeader: index === 0, reachability, address: `10.0.0.${index + 1}` })
      }),
      apiNode({ name: 'w1' }),
    ],
  })

test('three managers that all looked well: the two others are to be brought back, one is enough', () => {
  const recovery = planRecovery(managers(3))
  assert.deepEqual(recovery, {
    members: 3,
    majority: 2,
    answered: ['m1', 'm2', 'm3'],
    silent: [],
    needed: 1,
    candidates: ['m2', 'm3'],
    survivor: 'm1',
    others: ['m2', 'm3'],
    command: 'docker swarm init --force-new-cluster --advertise-addr 10.0.0.1',
  })
})

test('one was unreachable before the last one went: both are candidates still', () => {
  const { silent, candidates, needed } = planRecovery(managers(3, ['m3']))
  assert.deepEqual({ silent, candidates, needed }, { silent: ['m3'], candidates: ['m2', 'm3'], needed: 1 })
})

test('a reading that knew of the loss names those that were gone', () => {
  const { candidates, needed } = planRecovery(managers(5, ['m3', 'm4', 'm5']))
  assert.deepEqual({ candidates, needed }, { candidates: ['m3', 'm4', 'm5'], needed: 1 })
})

test('of five that all looked well, two have to join the survivor', () => {
  assert.equal(planRecovery(managers(5)).needed, 2)
})

test('where the engine of the last reading is silent too, no survivor is named and any address is left to the person', () => {
  const recovery = planRecovery(managers(3), null)
  assert.equal(recovery.survivor, null)
  assert.deepEqual(recovery.candidates, ['m1', 'm2', 'm3'])
  assert.equal(recovery.needed, 2)
  assert.match(recovery.command, /--advertise-addr ADDRESS$/)
})

test('an address is given without its port, and what is none does not get into a command for a root shell', () => {
  const commandFor = (address: string) =>
    planRecovery(
      clusterOf({
        info: apiInfo({ Swarm: { NodeID: nodeIdOf('m1'), NodeAddr: '' } }),
        nodes: [{ ...apiManager('m1'), ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: address } }],
      }),
    ).command.replace(/^.*--advertise-addr /, '')
  assert.equal(commandFor('10.0.0.1:2377'), '10.0.0.1')
  assert.equal(commandFor('[fd00::1]:2377'), 'fd00::1')
  assert.equal(commandFor('10.0.0.1; rm -rf /'), 'ADDRESS')
})
