import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { ApiReading } from '../../../source/api/info.ts'
import { dockerCommand } from '../../../source/operations/docker-command.ts'
import type { Operation } from '../../../source/operations/operation.ts'
import { joinCluster } from '../../../source/swarm/join-cluster.ts'
import { readSnapshot } from '../../../source/swarm/read-snapshot.ts'
import { carryOut } from '../../helpers/carry-out.ts'
import { dockerClis } from '../../helpers/docker-clis.ts'
import { servedWorld } from '../../helpers/served-world.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

/** The command that a question shows does what the operation does: it is run by a shell on a twin of the swarm. */

const clis = dockerClis()
const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'

/** A swarm with a service of a stack that was changed once; any two of them are alike. */
function changedSwarm(): SimulatedSwarm {
  const swarm = simulatedSwarm({ epochMs: Date.now() })
  const labels = { 'com.docker.stack.namespace': 'shop', owner: 'team a' }
  swarm.create({ ...serviceSpec('api', { image: 'api:1', replicas: 2 }), Labels: labels })
  swarm.changeNode('node5', { Labels: { old: 'x' } })
  swarm.pass(30_000)
  swarm.changeService('api', spec => ({ ...spec, Mode: { Replicated: { Replicas: 3 } } }))
  swarm.pass(30_000)
  return swarm
}

const serviceOf = (swarm: SimulatedSwarm) => ({ serviceId: swarm.services()[0]?.ID ?? '', name: 'api' })
const nodeOf = (swarm: SimulatedSwarm, name: string) => ({
  nodeId: swarm.nodes().find(({ Description }) => Description?.Hostname === name)?.ID ?? '',
  name,
})

const OPERATIONS: readonly ((swarm: SimulatedSwarm) => Operation)[] = [
  swarm => ({ kind: 'drain', ...nodeOf(swarm, 'node5') }),
  swarm => ({ kind: 'promote', ...nodeOf(swarm, 'node5') }),
  swarm => ({ kind: 'demote', ...nodeOf(swarm, 'node3') }),
  swarm => ({ kind: 'label-node', ...nodeOf(swarm, 'node5'), set: { zone: 'a', note: `it's two` }, unset: ['old'] }),
  swarm => ({ kind: 'remove-node', ...nodeOf(swarm, 'node5'), isForced: true }),
  swarm => ({ kind: 'force-update', ...serviceOf(swarm) }),
  swarm => ({ kind: 'scale', ...serviceOf(swarm), replicas: 5 }),
  swarm => ({ kind: 'change-image', ...serviceOf(swarm), image: 'registry:5000/api:2' }),
  swarm => ({ kind: 'roll-back', ...serviceOf(swarm) }),
  swarm => ({ kind: 'resume-update', ...serviceOf(swarm) }),
  swarm => ({ kind: 'label-service', ...serviceOf(swarm), set: { tier: 'web' }, unset: ['owner'] }),
  swarm => ({ kind: 'remove-service', ...serviceOf(swarm) }),
  () => ({ kind: 'remove-stack', stack: 'shop', name: 'shop' }),
  () => ({ kind: 'set-history-limit', limit: 2, name: 'the swarm' }),
]

for (const cli of clis) {
  for (const make of OPERATIONS) {
    const { kind } = make(changedSwarm())
    test(`docker ${cli.version} does the same: ${kind}`, { skip, timeout: 60_000 }, async context => {
      const ours = changedSwarm()
      const theirs = changedSwarm()
      assert.deepEqual(specsOf(ours), specsOf(theirs))
      const operation = make(ours)
      const command = dockerCommand(operation, clusterOf(theirs))
      const { pathOf } = await servedWorld(context, theirs.simulator, 20)
      const PATH = [dirname(cli.path), process.env.PATH].join(delimiter)
      const env = { PATH, HOME: '/nonexistent', DOCKER_HOST: `unix://${pathOf('node1')}` }
      await promisify(execFile)('sh', ['-c', command], { env, timeout: 50_000 })

      const before = specsOf(ours)
      assert.equal(carryOut(ours, operation).outcome.kind, 'accepted')
      assert.deepEqual(specsOf(ours), specsOf(theirs), command)
      if (kind !== 'resume-update') assert.notDeepEqual(specsOf(ours), before)
    })
  }
}

/** All that a person can change. */
function specsOf(swarm: SimulatedSwarm): unknown {
  const { Spec, JoinTokens } = swarm.call('GET', '/swarm').value as {
    readonly Spec: object
    readonly JoinTokens: object
  }
  return {
    swarm: { Spec, JoinTokens },
    nodes: swarm.nodes().map(({ ID, Spec }) => ({ ID, Spec })),
    services: swarm.services().map(({ ID, Spec, PreviousSpec }) => ({ ID, Spec, PreviousSpec })),
  }
}

function clusterOf(swarm: SimulatedSwarm) {
  const read = (path: string) => swarm.call('GET', path).value
  return joinCluster(
    readSnapshot({
      info: read('/info'),
      version: read('/version'),
      nodes: read('/nodes'),
      services: read('/services?status=true'),
      tasks: read('/tasks'),
    } as ApiReading),
  )
}
