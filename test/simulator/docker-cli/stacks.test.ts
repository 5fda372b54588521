import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { dockerClis } from '../../helpers/docker-clis.ts'
import { dockerTerminal } from '../../helpers/docker-terminal.ts'
import { rowsOf } from '../../helpers/rows-of.ts'

const COMPOSE = `
version: "3.8"
services:
  front:
    image: shop/front:1
    ports: ["8090:80"]
    deploy: { replicas: 2, labels: { tier: front } }
  back:
    image: shop/back:1
    secrets: [key]
    configs: [settings]
    deploy:
      mode: global
      placement: { constraints: ["node.role==manager"] }
secrets: { key: { file: ./key.txt } }
configs: { settings: { file: ./settings.txt } }
`
const WITHOUT_BACK = COMPOSE.replace(/ {2}back:[\s\S]*?(?=secrets: \{)/, '')

const clis = dockerClis()
const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'

test('there is a docker CLI to test with', { skip }, () => assert.notEqual(clis.length, 0))

for (const cli of clis) {
  test(`docker ${cli.version} deploys a stack, again, without a service, and removes it`, {
    timeout: 60_000,
  }, async context => {
    const { docker, directory, swarm } = await dockerTerminal(context, cli)
    await writeFile(join(directory, 'shop.yml'), COMPOSE)
    await writeFile(join(directory, 'key.txt'), 'secret\n')
    await writeFile(join(directory, 'settings.txt'), 'a=1\n')
    const deploy = (...more: readonly string[]) =>
      docker('stack', 'deploy', '--resolve-image', 'never', ...more, '-c', 'shop.yml', 'shop')

    const first = await deploy()
    assert.equal(first.code, 0, first.err)
    assert.deepEqual(rowsOf(first.out).toSorted(), [
      'Creating config shop_settings',
      'Creating network shop_default',
      'Creating secret shop_key',
      'Creating service shop_back',
      'Creating service shop_front',
    ])
    assert.deepEqual(rowsOf((await docker('stack', 'ls', '--format', '{{.Name}} {{.Services}}')).out), ['shop 2'])
    assert.deepEqual(rowsOf((await docker('network', 'ls', '--filter', 'scope=swarm', '--format', '{{.Name}}')).out), [
      'ingress',
      'shop_default',
    ])
    swarm.pass(10_000)
    const services = await docker(
      'stack',
      'services',
      'shop',
      '--format',
      '{{.Name}} {{.Mode}} {{.Replicas}} {{.Ports}}',
    )
    assert.deepEqual(rowsOf(services.out), ['shop_back global 3/3', 'shop_front replicated 2/2 *:8090->80/tcp'])
    const tasks = await docker('stack', 'ps', 'shop', '--format', '{{.Name}} {{.CurrentState}}')
    assert.equal(rowsOf(tasks.out).filter(row => / Running /.test(row)).length, 5)

    const ids = await docker('stack', 'ps', 'shop', '-q')
    assert.equal((await deploy()).code, 0)
    assert.deepEqual(rowsOf((await docker('stack', 'ps', 'shop', '-q')).out).toSorted(), rowsOf(ids.out).toSorted())

    await writeFile(join(directory, 'shop.yml'), WITHOUT_BACK)
    const pruned = await deploy('--prune')
    assert.match(pruned.out, /Removing service shop_back/)
    const removed = await docker('stack', 'rm', 'shop')
    assert.equal(removed.code, 0, removed.err)
    for (const what of ['service shop_front', 'secret shop_key', 'config shop_settings', 'network shop_default']) {
      assert.match(`${removed.out}${removed.err}`, new RegExp(`Removing ${what}`))
    }
    assert.deepEqual(rowsOf((await docker('service', 'ls', '-q')).out), [])
  })
}

const waiting = clis.find(({ version }) => Number.parseInt(version, 10) >= 26)

test('a CLI that can wait waits for a stack that comes and that goes', {
  skip: waiting === undefined && 'there is no docker CLI that can wait for a stack',
  timeout: 60_000,
}, async context => {
  if (waiting === undefined) return
  const { docker, directory } = await dockerTerminal(context, waiting)
  await writeFile(
    join(directory, 'one.yml'),
    'services: { web: { image: "web:1", deploy: { update_config: { monitor: 1s } } } }',
  )
  const deployed = await docker('stack', 'deploy', '--detach=false', '--resolve-image', 'never', '-c', 'one.yml', 'one')
  assert.equal(deployed.code, 0, deployed.err)
  assert.match(deployed.out, /verify: Service \w+ converged/)
  assert.equal((await docker('stack', 'rm', '--detach=false', 'one')).code, 0)
  assert.deepEqual(rowsOf((await docker('node', 'ps', 'node1', 'node2', 'node3', 'node4', 'node5', '-q')).out), [])
})
