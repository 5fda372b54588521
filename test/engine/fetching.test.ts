import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNetworkList } from '../../source/swarm/read-network.ts'
import { readSecretList } from '../../source/swarm/read-secret.ts'
import { readSwarmSettings } from '../../source/swarm/read-swarm-settings.ts'
import type { ObjectKind, ResourceRef } from '../../source/swarm/resource-ref.ts'
import { openForTest } from '../helpers/fake-engine.ts'
import { callSocket, servedWorld } from '../helpers/served-world.ts'

const NOBODY_STOPS_IT = new AbortController().signal

test('networks, secrets, configs and the swarm are read of a simulated engine, and each object by itself', async context => {
  const world = await servedWorld(context)
  const socket = world.pathOf('node1')
  const create = async (path: string, body: object) => {
    const answer = await callSocket(socket, 'POST', path, JSON.stringify(body))
    assert.equal(answer.status, 201, answer.body)
  }
  await create('/secrets/create', { Name: 'db-password', Labels: { tier: 'db' }, Data: 'aHVudGVyMg==' })
  await create('/configs/create', { Name: 'nginx', Data: 'bGlzdGVuIDgwOw==' })
  await create('/networks/create', { Name: 'shop', Driver: 'overlay', Attachable: true })
  await create('/networks/create', { Name: 'private', Driver: 'overlay', Options: { encrypted: '' } })
  await create('/services/create', { Name: 'api', TaskTemplate: { ContainerSpec: { Image: 'api:1' } } })
  const engine = openForTest(context, { kind: 'unix', name: `unix://${socket}`, context: '', path: socket })
  const fetch = async (ref: ResourceRef): Promise<unknown> => {
    const answer = await engine.fetch(ref, NOBODY_STOPS_IT)
    assert.ok(answer.ok, JSON.stringify(answer))
    return answer.value
  }

  const secrets = await fetch({ kind: 'secrets' })
  const [secret] = readSecretList(secrets)
  assert.deepEqual({ name: secret?.name, labels: secret?.labels }, { name: 'db-password', labels: { tier: 'db' } })
  assert.doesNotMatch(JSON.stringify(secrets), /aHVudGVyMg/)
  const [config] = readSecretList(await fetch({ kind: 'configs' }))
  assert.equal(config?.name, 'nginx')
  const networks = readNetworkList(await fetch({ kind: 'networks' }))
  const shop = networks.find(({ name }) => name === 'shop')
  assert.deepEqual(
    networks.filter(({ isEncrypted }) => isEncrypted).map(({ name }) => name),
    ['private'],
  )
  assert.deepEqual([shop?.driver, shop?.scope, shop?.isAttachable, shop?.isIngress], ['overlay', 'swarm', true, false])
  const swarm = readSwarmSettings(await fetch({ kind: 'swarm' }))
  assert.match(swarm?.tokens.worker ?? '', /^SWMTKN-1-/)
  const [root] = swarm?.certificates.roots ?? []
  assert.equal(root?.subject, 'CN=swarm-ca')
  assert.equal((root?.validUntil ?? 0) - (root?.validFrom ?? 0), 7300 * 86_400_000)

  const objects: readonly (readonly [ObjectKind, string | undefined])[] = [
    ['secret', secret?.id],
    ['config', config?.id],
    ['network', shop?.id],
    ['swarm', ''],
  ]
  for (const [kind, id = 'missing'] of objects) {
    const value = await fetch({ kind: 'object', object: { kind, id } })
    assert.match(JSON.stringify(value), /"I[dD]":"\w+"/, kind)
  }
  const services = (await callSocket(socket, 'GET', '/services')).body
  const [{ ID: id }] = JSON.parse(services) as readonly [{ ID: string }]
  const service = JSON.stringify(await fetch({ kind: 'object', object: { kind: 'service', id } }))
  assert.doesNotMatch(services, /StopGracePeriod|RestartPolicy/)
  assert.match(service, /"StopGracePeriod":10000000000.*"RestartPolicy":{"Condition":"any"/)
  const gone = await engine.fetch({ kind: 'object', object: { kind: 'secret', id: 'nowhere' } }, NOBODY_STOPS_IT)
  assert.ok(!gone.ok && gone.problem.kind === 'http' && gone.problem.status === 404)
})
