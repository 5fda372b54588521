import type { ApiReading } from '../../source/api/info.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, HOUR, MINUTE, SECOND, timeAgo } from './api-builders.ts'

/** A swarm in which much is wrong: m3 is dead, a slot of api keeps failing and one finds no node, an update is paused. */
export const troubledReading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true, address: '10.0.0.1', labels: { zone: 'a' } }),
    apiManager('m2', { address: '10.0.0.2', labels: { zone: 'a' } }),
    apiManager('m3', {
      address: '10.0.0.3',
      labels: { zone: 'b' },
      state: 'down',
      message: 'heartbeat failure',
      reachability: 'unreachable',
    }),
    apiNode({ name: 'w1', address: '10.0.0.4', availability: 'drain' }),
    apiNode({ name: 'w2', address: '10.0.0.5' }),
  ],
  services: [
    apiService({
      name: 'api',
      image: 'registry.example.com/shop/api:1.9@sha256:0123456789abcdef',
      replicas: 4,
      status: [3, 4],
      update: { State: 'updating', StartedAt: timeAgo(5 * MINUTE) },
      ports: [
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' },
        { Protocol: 'tcp', TargetPort: 81, PublishedPort: 8081, PublishMode: 'ingress' },
      ],
    }),
    apiService({ name: 'agent', mode: { Global: {} }, status: [4, 4] }),
    apiService({
      name: 'backup',
      mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 } },
      status: [0, 1, 2],
      jobIteration: 1,
    }),
    apiService({
      name: 'web',
      replicas: 2,
      maxReplicasPerNode: 1,
      status: [0, 2],
      update: {
        State: 'paused',
        StartedAt: timeAgo(4 * MINUTE),
        Message: 'update paused due to failure or early termination of task 0abc',
      },
    }),
  ],
  tasks: [
    apiTask({ service: 'api', slot: 1, node: 'm1', createdAgoMs: 2 * HOUR }),
    apiTask({ service: 'api', slot: 2, node: 'w2', createdAgoMs: 3 * MINUTE, stateAgoMs: 170 * SECOND }),
    apiTask({
      service: 'api',
      slot: 2,
      node: 'm2',
      state: 'failed',
      error: 'task: non-zero exit (137)',
      exitCode: 137,
      createdAgoMs: 3 * HOUR,
      stateAgoMs: 3 * MINUTE,
    }),
    apiTask({
      service: 'api',
      slot: 3,
      state: 'pending',
      error: 'no suitable node (insufficient resources on 2 nodes; 1 node not available for new tasks)',
      createdAgoMs: 40 * SECOND,
    }),
    apiTask({ service: 'api', slot: 3, node: 'm3', desired: 'shutdown', createdAgoMs: 5 * HOUR }),
    apiTask({ service: 'api', slot: 4, node: 'm2', createdAgoMs: 90 * SECOND, stateAgoMs: 61 * SECOND }),
    ...['m1', 'm2', 'm3', 'w2'].map(node => apiTask({ service: 'agent', node })),
    apiTask({
      service: 'web',
      slot: 1,
      node: 'w2',
      state: 'preparing',
      createdAgoMs: 70 * SECOND,
      stateAgoMs: 65 * SECOND,
    }),
    ...[1, 2, 3].map(times =>
      apiTask({
        service: 'web',
        slot: 2,
        node: 'w2',
        state: 'rejected',
        error: 'No such image: web:1',
        createdAgoMs: times * MINUTE,
        stateAgoMs: times * MINUTE - 10 * SECOND,
      }),
    ),
  ],
}

/** Names that a terminal has to be protected from, or that take more cells than they have letters. */
export const strangeReading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true }),
    apiNode({ name: '节点一号' }),
    apiNode({ name: '🐳-whale', labels: { 'fa\u200bke': 'a\u202eb' } }),
    apiNode({ name: 'cafe\u0301' }),
    apiNode({ name: '\u001b[31mred\u001b[0m\u0007' }),
    apiNode({ name: 'family-👨‍👩‍👧-❤️' }),
    apiNode({ name: 'a-hostname-that-is-as-long-as-a-hostname-may-be-and-then-some-more-of-it' }),
  ],
  services: [
    apiService({ name: 'サービス', image: 'イメージ:1', status: [1, 1] }),
    apiService({ name: 'two\nlines\tand tab', replicas: 2, status: [1, 2] }),
  ],
  tasks: [
    ...apiTasks('サービス', ['节点一号']),
    apiTask({ service: 'two\nlines\tand tab', slot: 1, node: '🐳-whale' }),
    apiTask({
      service: 'two\nlines\tand tab',
      slot: 2,
      node: '\u001b[31mred\u001b[0m\u0007',
      state: 'failed',
      error: 'bad \u001b]0;title\u0007 \u009b2J \u2028 出错了',
      exitCode: 1,
      createdAgoMs: MINUTE,
      stateAgoMs: 50 * SECOND,
    }),
  ],
}

/** So many nodes and services that no list shows all of them. */
export const largeReading: Partial<ApiReading> = {
  nodes: Array.from({ length: 60 }, (_, index) =>
    index < 5 ? apiManager(`m${index + 1}`, { isLeader: index === 0 }) : apiNode({ name: `w${index - 4}` }),
  ),
  services: Array.from({ length: 120 }, (_, index) => apiService({ name: `service-${index + 1}`, status: [1, 1] })),
  tasks: Array.from({ length: 120 }, (_, index) =>
    apiTask({ service: `service-${index + 1}`, slot: 1, node: `w${(index % 55) + 1}` }),
  ),
}
