import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiService, ApiServiceSpec } from '../../source/api/service.ts'
import { readService } from '../../source/swarm/read-service.ts'
import { apiService } from '../helpers/api-builders.ts'

type Template = NonNullable<ApiServiceSpec['TaskTemplate']>

const readWith = (spec: Partial<ApiServiceSpec>) => {
  const service = apiService({ name: 'api' })
  return readService({ ...service, Spec: { ...service.Spec, ...spec } })
}

const readTemplate = (template: Template) => readWith({ TaskTemplate: template })

test('what a service is attached to, by ID and by name, the old place of networks too', () => {
  const service = readWith({
    TaskTemplate: {
      Networks: [{ Target: 'net-1' }, { Target: 'net-2', Aliases: ['api'] }],
      ContainerSpec: {
        Image: 'api:1',
        Mounts: [
          { Type: 'volume', Source: 'data', Target: '/var/lib/data' },
          { Type: 'bind', Source: '/etc/certs', Target: '/certs', ReadOnly: true },
          { Type: 'tmpfs', Target: '/tmp' },
        ],
        Secrets: [{ SecretID: 's1', SecretName: 'password', File: { Name: 'db-password', UID: '0' } }],
        Configs: [
          { ConfigID: 'c1', ConfigName: 'settings', File: { Name: '/etc/api.yaml' } },
          { ConfigID: 'c2', ConfigName: 'credentials', Runtime: {} },
        ],
      },
    },
    Networks: [{ Target: 'net-3' }],
  })
  assert.deepEqual(service.networks, ['net-1', 'net-2', 'net-3'])
  assert.deepEqual(service.mounts, [
    { type: 'volume', source: 'data', target: '/var/lib/data', isReadOnly: false, sizeBytes: 0, staysOnNode: true },
    { type: 'bind', source: '/etc/certs', target: '/certs', isReadOnly: true, sizeBytes: 0, staysOnNode: true },
    { type: 'tmpfs', source: '', target: '/tmp', isReadOnly: false, sizeBytes: 0, staysOnNode: false },
  ])
  assert.deepEqual(service.secrets, [{ id: 's1', name: 'password', target: 'db-password' }])
  assert.deepEqual(service.configs, [
    { id: 'c1', name: 'settings', target: '/etc/api.yaml' },
    { id: 'c2', name: 'credentials', target: '' },
  ])
})

test('of the environment the names are read and the values are not', () => {
  const { settings } = readTemplate({
    ContainerSpec: { Image: 'api:1', Env: ['TOKEN=hush=hush', 'EMPTY=', 'INHERITED', 'LINES=a\nb=c'] },
  })
  assert.deepEqual(settings.environmentNames, ['TOKEN', 'EMPTY', 'INHERITED', 'LINES'])
  assert.doesNotMatch(JSON.stringify(settings), /hush/)
})

test('a spec that says nothing is what Swarm makes of it', () => {
  const { settings } = readTemplate({})
  assert.deepEqual(settings, {
    command: [],
    args: [],
    environmentNames: [],
    user: '',
    directory: '',
    hostname: '',
    hosts: [],
    nameServers: [],
    containerLabels: {},
    isReadOnly: false,
    stopGraceMs: null,
    stopSignal: '',
    healthCheck: null,
    logDriver: null,
    limits: { nanoCpus: 0, memoryBytes: 0 },
    pidsLimit: 0,
    genericReservations: [],
    restart: { delayMs: 5000, maxAttempts: 0, windowMs: 0 },
    updateConfig: {
      parallelism: 1,
      delayMs: 0,
      failureAction: 'pause',
      monitorMs: 5000,
      maxFailureRatio: 0,
      order: 'stop-first',
    },
    rollbackConfig: {
      parallelism: 1,
      delayMs: 0,
      failureAction: 'pause',
      monitorMs: 5000,
      maxFailureRatio: 0,
      order: 'stop-first',
    },
    spreads: [],
    platforms: [],
    endpointMode: 'vip',
  })
})

test('settings in milliseconds, nothing lost', () => {
  const { settings } = readWith({
    UpdateConfig: {
      Parallelism: 0,
      Delay: 10e9,
      FailureAction: 'rollback',
      Monitor: 30e9,
      MaxFailureRatio: 0.25,
      Order: 'start-first',
    },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'api:1',
        StopGracePeriod: 0,
        Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 5e9, Retries: 2 },
      },
      RestartPolicy: { Condition: 'on-failure', Delay: 0, MaxAttempts: 3, Window: 60e9 },
      Resources: {
        Limits: { NanoCPUs: 5e8, MemoryBytes: 2 ** 28, Pids: 100 },
        Reservations: {
          GenericResources: [
            { DiscreteResourceSpec: { Kind: 'ssd', Value: 2 } },
            { NamedResourceSpec: { Kind: 'gpu', Value: 'uuid-1' } },
          ],
        },
      },
      Placement: {
        Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }],
        Platforms: [{ OS: 'linux', Architecture: 'amd64' }],
      },
      LogDriver: { Name: 'json-file', Options: { 'max-size': '10m' } },
    },
  })
  assert.deepEqual(settings.updateConfig, {
    parallelism: 0,
    delayMs: 10_000,
    failureAction: 'rollback',
    monitorMs: 30_000,
    maxFailureRatio: 0.25,
    order: 'start-first',
  })
  assert.equal(settings.stopGraceMs, 0)
  assert.deepEqual(settings.healthCheck, {
    test: ['CMD-SHELL', 'curl -f localhost'],
    intervalMs: 5000,
    timeoutMs: 0,
    startPeriodMs: 0,
    retries: 2,
  })
  assert.deepEqual(settings.restart, { delayMs: 0, maxAttempts: 3, windowMs: 60_000 })
  assert.deepEqual(settings.limits, { nanoCpus: 5e8, memoryBytes: 2 ** 28 })
  assert.equal(settings.pidsLimit, 100)
  assert.deepEqual(settings.genericReservations, [
    { kind: 'ssd', count: 2, name: '' },
    { kind: 'gpu', count: 1, name: 'uuid-1' },
  ])
  assert.deepEqual(settings.spreads, ['node.labels.zone'])
  assert.deepEqual(settings.platforms, [{ os: 'linux', architecture: 'amd64' }])
  assert.deepEqual(settings.logDriver, { name: 'json-file', options: { 'max-size': '10m' } })
})

test('fields of the wrong type are as if they were not there', () => {
  const wild = {
    ID: 'api',
    Spec: {
      TaskTemplate: {
        ContainerSpec: { Mounts: 'all', Secrets: [null, 7, { File: 'x' }], Configs: {}, Env: [1, {}], Healthcheck: [] },
        Networks: [null, { Target: 7 }],
        Placement: { Preferences: [{ Spread: null }, null], Platforms: [null] },
        Resources: { Limits: 7, Reservations: { GenericResources: [null, { DiscreteResourceSpec: 7 }] } },
        RestartPolicy: { Delay: 'soon' },
        LogDriver: 'none',
      },
      UpdateConfig: { Parallelism: 'two', FailureAction: 'panic', MaxFailureRatio: Number.NaN },
    },
  } as unknown as ApiService
  const service = readService(wild)
  assert.deepEqual(service.networks, [])
  assert.deepEqual(service.mounts, [])
  assert.equal(service.secrets.length, 3)
  assert.deepEqual(service.settings.environmentNames, [])
  assert.equal(service.settings.logDriver, null)
  assert.equal(service.settings.updateConfig.failureAction, 'pause')
  assert.equal(service.settings.updateConfig.maxFailureRatio, 0)
})
