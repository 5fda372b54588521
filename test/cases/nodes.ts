import assert from 'node:assert/strict'
import type { NodeDescription, NodeStatus } from '../../source/simulator/world/node.ts'
import { transact } from '../../source/simulator/world/store.ts'
import type { Answer } from '../helpers/simulated-swarm.ts'
import type { Ground, StageNode } from './build-stage.ts'
import { resumeAgent, startLeader } from './leader-start.ts'
import { insertTask, type PresetTask } from './preset.ts'

/** What is done to nodes, to the leader and to the cluster. */
export function nodes(ground: Ground) {
  const { world, swarm, api, settle, idOf, absent } = ground

  return {
    node: (name: string, change: Pick<StageNode, 'status' | 'availability' | 'labels' | 'role'>): void => {
      const { status, availability, labels, role } = change
      if (status !== undefined) changeStatus(name, status)
      if (availability === undefined && labels === undefined && role === undefined) return
      const answer = api.changeNode(idOf(name), {
        ...(availability && { Availability: availability }),
        ...(labels && { Labels: labels }),
        ...(role && { Role: role }),
      })
      assert.equal(answer.status, 200, answer.body)
    },
    /** The node's engine says something else of itself than before. */
    describe: (name: string, description: Partial<NodeDescription>): void => {
      const node = swarm.nodes[idOf(name)]
      assert.ok(node)
      transact(world, swarm, transaction =>
        transaction.updateNode(node.id, { description: { ...node.description, ...description } }),
      )
      settle()
    },
    join: (name: string): void => {
      const node = absent.get(name)
      assert.ok(node, `${name} does not join later`)
      transact(world, swarm, transaction => transaction.createNode(node))
      settle()
    },
    removeNode: (name: string, force = false): Answer =>
      api.call('DELETE', `/nodes/${idOf(name)}${force ? '?force=1' : ''}`),

    startLeader: (): void => {
      startLeader(world, swarm)
      settle()
    },
    /** Whatever the leader had in hand or in mind is void from now on. */
    stopLeading: (): void => {
      swarm.raft.term++
    },
    limitHistory: (limit: number): void => {
      const spec = { ...swarm.cluster.spec, Orchestration: { TaskHistoryRetentionLimit: limit } }
      transact(world, swarm, transaction => transaction.updateCluster({ spec }))
      settle()
    },
    /** Puts a task into the store, to which everybody reacts. */
    insert: (preset: PresetTask): void => {
      insertTask(ground, preset)
      settle()
    },
  }

  function changeStatus(name: string, state: NodeStatus['state']): void {
    const node = swarm.nodes[idOf(name)]
    const machine = world.machines[name]
    assert.ok(node && machine)
    machine.isCut = state !== 'ready'
    transact(world, swarm, transaction => transaction.updateNode(node.id, { status: { ...node.status, state } }))
    if (state === 'ready') resumeAgent(world, machine)
    settle()
  }
}
