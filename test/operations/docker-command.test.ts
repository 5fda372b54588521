import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dockerCommand } from '../../source/operations/docker-command.ts'
import type { NodeSwitch, Operation } from '../../source/operations/operation.ts'
import { apiManager, apiNode, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'

const onNode = (kind: NodeSwitch['kind'], nodeId: string): NodeSwitch => ({ kind, nodeId, name: 'any' })

describe('the same thing for a shell', () => {
  const cluster = clusterOf(wellReading)

  test('each operation has its command', () => {
    const w1 = nodeIdOf('w1')
    assert.equal(dockerCommand(onNode('drain', w1), cluster), 'docker node update --availability drain w1')
    assert.equal(dockerCommand(onNode('activate', w1), cluster), 'docker node update --availability active w1')
    assert.equal(dockerCommand(onNode('pause', w1), cluster), 'docker node update --availability pause w1')
    assert.equal(dockerCommand(onNode('promote', w1), cluster), 'docker node promote w1')
    assert.equal(dockerCommand(onNode('demote', w1), cluster), 'docker node demote w1')
    assert.equal(
      dockerCommand({ kind: 'force-update', serviceId: serviceIdOf('api'), name: 'api' }, cluster),
      'docker service update --force api',
    )
  })
})

describe('the commands of what takes more than a name', () => {
  const cluster = clusterOf({
    ...wellReading,
    nodes: [
      ...(wellReading.nodes ?? []),
      apiNode({ name: 'dead', state: 'down' }),
      apiManager('outside', { state: 'down', reachability: null }),
    ],
  })
  const api = { serviceId: serviceIdOf('api'), name: 'api' }
  const node = (name: string) => ({ nodeId: nodeIdOf(name), name })
  const commands: readonly (readonly [command: string, operation: Operation])[] = [
    ['docker service scale api=5', { kind: 'scale', ...api, replicas: 5 }],
    [
      'docker service update --no-resolve-image --image api:1.9 api',
      { kind: 'change-image', ...api, image: 'api:1.9' },
    ],
    [
      "docker service update --no-resolve-image --image 'api:$(id)' api",
      { kind: 'change-image', ...api, image: 'api:$(id)' },
    ],
    ['docker service rollback api', { kind: 'roll-back', ...api }],
    ['docker service update api', { kind: 'resume-update', ...api }],
    ['docker service rm api', { kind: 'remove-service', ...api }],
    [
      "docker service update --label-add tier=web --label-add 'note=a b' --label-rm old api",
      { kind: 'label-service', ...api, set: { tier: 'web', note: 'a b' }, unset: ['old'] },
    ],
    [
      'docker node update --label-add zone=a --label-rm disk w1',
      { kind: 'label-node', ...node('w1'), set: { zone: 'a' }, unset: ['disk'] },
    ],
    [
      "docker node update --label-add 'api-token=•••' w1",
      { kind: 'label-node', ...node('w1'), set: { 'api-token': 'x' }, unset: [] },
    ],
    ['docker node rm dead', { kind: 'remove-node', ...node('dead'), isForced: false }],
    ['docker node rm --force w1', { kind: 'remove-node', ...node('w1'), isForced: true }],
    ['docker node rm outside', { kind: 'remove-node', ...node('outside'), isForced: false }],
    ['docker node demote m3 && docker node rm --force m3', { kind: 'remove-node', ...node('m3'), isForced: true }],
    ['docker stack rm shop', { kind: 'remove-stack', stack: 'shop', name: 'shop' }],
    ['docker swarm update --task-history-limit 3', { kind: 'set-history-limit', limit: 3, name: 'the swarm' }],
  ]
  for (const [command, operation] of commands) {
    test(command, () => assert.equal(dockerCommand(operation, cluster), command))
  }
})

describe('a hostname in a command is what the CLI would find the node by', () => {
  const cases: readonly (readonly [why: string, hostname: string, word: string])[] = [
    ['plain', 'w1.example.net', 'w1.example.net'],
    ['blanks are quoted', 'my node', `'my node'`],
    ['what a shell would run is quoted', 'w1;$(reboot)', `'w1;$(reboot)'`],
    ['a quote ends, is escaped, and begins again', `o'neill`, `'o'\\''neill'`],
    ['an option gives way to the ID', '--force', 'id1'],
    ['what cannot be seen gives way to the ID', 'w1\u001b[2J', 'id1'],
    ['a line break gives way to the ID', 'w1\nreboot', 'id1'],
    ['no hostname yet', '', 'id1'],
    ['the hostname of another node, too', 'twin', 'id1'],
    ['the ID of another node', 'id2', 'id1'],
  ]
  for (const [why, hostname, word] of cases) {
    test(why, () => {
      const cluster = clusterOf({
        nodes: [apiNode({ name: hostname, id: 'id1' }), apiNode({ name: 'twin', id: 'id2' })],
      })
      assert.equal(dockerCommand(onNode('promote', 'id1'), cluster), `docker node promote ${word}`)
    })
  }

  test('labels go with an availability', () => {
    const labels = { set: { 'swarmtop.maintenance': 'ops@b since' }, unset: ['old'] }
    assert.equal(
      dockerCommand({ kind: 'drain', nodeId: 'gone', name: 'w1', labels }, clusterOf()),
      "docker node update --availability drain --label-add 'swarmtop.maintenance=ops@b since' --label-rm old gone",
    )
  })

  test('a node that is gone is named by its ID', () => {
    assert.equal(dockerCommand(onNode('drain', 'gone'), clusterOf()), 'docker node update --availability drain gone')
  })
})
