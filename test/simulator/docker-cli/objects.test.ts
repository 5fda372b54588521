import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { dockerClis } from '../../helpers/docker-clis.ts'
import { dockerTerminal } from '../../helpers/docker-terminal.ts'
import { rowsOf } from '../../helpers/rows-of.ts'

const clis = dockerClis()
const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'

test('there is a docker CLI to test with', { skip }, () => assert.notEqual(clis.length, 0))

for (const cli of clis) {
  test(`docker ${cli.version} works networks`, { timeout: 60_000 }, async context => {
    const { docker, dockerOn, swarm } = await dockerTerminal(context, cli)
    assert.equal((await docker('network', 'create', '-d', 'overlay', 'shop')).code, 0)
    assert.match(
      (await docker('network', 'create', '-d', 'overlay', 'shop')).err,
      /network with name shop already exists/,
    )
    assert.match((await dockerOn('node4', 'network', 'create', '-d', 'overlay', 'other')).err, /not a swarm manager/)
    const listed = await docker('network', 'ls', '--format', '{{.Name}} {{.Driver}} {{.Scope}}')
    assert.deepEqual(rowsOf(listed.out), [
      'bridge bridge local',
      'docker_gwbridge bridge local',
      'host host local',
      'ingress overlay swarm',
      'none null local',
      'shop overlay swarm',
    ])
    assert.match((await docker('network', 'ls', '--filter', 'foo=bar')).err, /[iI]nvalid filter 'foo'/)

    const created = await docker(
      ...['service', 'create', '-d', '--no-resolve-image', '--name', 'web', '--replicas', '5', '--network', 'shop'],
      'web:1',
    )
    assert.equal(created.code, 0, created.err)
    swarm.pass(10_000)
    const here = '{{range .Containers}}{{.Name}} {{.IPv4Address}}\n{{end}}'
    const inspected = rowsOf((await docker('network', 'inspect', 'shop', '--format', here)).out)
    assert.ok(
      inspected.some(row => /^web\.\d\.\w{25} 10\.0\.1\.\d+\/24$/.test(row)),
      inspected.join('\n'),
    )
    assert.ok(
      inspected.some(row => /^shop-endpoint 10\.0\.1\.\d+\/24$/.test(row)),
      inspected.join('\n'),
    )
    assert.match((await docker('network', 'rm', 'shop')).err, /network \w{25} is in use by service \w{25}/)
    await docker('service', 'rm', 'web')
    assert.equal((await docker('network', 'rm', 'shop')).out, 'shop\n')

    const onHost = ['service', 'create', '-d', '--no-resolve-image', '--name', 'agent', '--network', 'host', 'agent:1']
    assert.equal((await docker(...onHost)).code, 0)
    assert.match((await docker('network', 'rm', 'bridge')).err, /bridge is a pre-defined network and cannot be removed/)
  })

  test(`docker ${cli.version} works secrets and configs`, { timeout: 60_000 }, async context => {
    const { docker, directory } = await dockerTerminal(context, cli)
    await writeFile(join(directory, 'data.txt'), 'hush\n')
    for (const kind of ['secret', 'config']) {
      assert.equal((await docker(kind, 'create', 'one', 'data.txt')).code, 0)
      assert.match((await docker(kind, 'create', 'one', 'data.txt')).err, new RegExp(`${kind} one already exists`))
      assert.match((await docker(kind, 'create', 'o ne', 'data.txt')).err, /invalid name, only 64/)
      assert.deepEqual(rowsOf((await docker(kind, 'ls', '--format', '{{.Name}}')).out), ['one'])
    }
    const created = await docker(
      ...['service', 'create', '-d', '--no-resolve-image', '--name', 'web', '--secret', 'one', '--config', 'one'],
      'web:1',
    )
    assert.equal(created.code, 0, created.err)
    assert.match((await docker('secret', 'rm', 'one')).err, /secret 'one' is in use by the following service: web/)
    assert.match((await docker('config', 'rm', 'one')).err, /config 'one' is in use by the following service: web/)
    assert.match((await docker('config', 'inspect', '--pretty', 'one')).out, /hush/)
    assert.doesNotMatch((await docker('secret', 'inspect', 'one')).out, /Data|aHVz/)
    await docker('service', 'rm', 'web')
    assert.equal((await docker('secret', 'rm', 'one')).out, 'one\n')
    assert.equal((await docker('config', 'rm', 'one')).out, 'one\n')
  })

  test(`docker ${cli.version} hears why a service cannot be`, { timeout: 60_000 }, async context => {
    const { docker } = await dockerTerminal(context, cli)
    const create = (...words: readonly string[]) => docker('service', 'create', '-d', '--no-resolve-image', ...words)
    assert.equal((await create('--name', 'web', '-p', '8080:80', 'web:1')).code, 0)
    const cases: readonly (readonly [words: readonly string[], reason: RegExp])[] = [
      [['--name', 'web', 'web:1'], /AlreadyExists desc = name conflicts with an existing object: service web already/],
      [['--name', 'a b', 'web:1'], /InvalidArgument desc = name must be valid as a DNS name component/],
      [
        ['-p', '8080:80', 'web:1'],
        /InvalidArgument desc = port '8080' is already in use by service 'web' \(\w{25}\) as an/,
      ],
      [['--network', 'none', 'web:1'], /network:? none/],
      [['--limit-memory', '1M', 'web:1'], /invalid memory value 1048576: Must be at least 4MiB/],
      [['--reserve-cpu', '0.0001', 'web:1'], /invalid cpu value 0.0001: Must be at least 0.001/],
      [['--constraint', 'a=b', 'web:1'], /Unknown desc = constraint expected one operator from ==, !=/],
      [['BAD:::1'], /ContainerSpec: "BAD:::1" is not a valid repository\/tag/],
    ]
    for (const [words, reason] of cases) {
      const { code, err } = await create(...words)
      assert.equal(code, 1, words.join(' '))
      assert.match(err, reason)
    }
    assert.match((await docker('service', 'rollback', '-d', 'web')).err, /service \w{25} does not have a previous spec/)
    assert.match((await create('web:1')).out, /^\w{25}\n$/)
  })

  test(`docker ${cli.version} tells what the engine is`, { timeout: 60_000 }, async context => {
    const { docker } = await dockerTerminal(context, cli)
    const version = await docker('version')
    for (const component of ['Engine', 'containerd', 'runc', 'docker-init']) {
      assert.match(version.out, new RegExp(` ${component}:`))
    }
    const info = await docker('info')
    assert.match(info.out, / Swarm: active\n {2}NodeID: \w{25}\n {2}Is Manager: true/)
    assert.match(info.out, /swarmtop.simulation=test/)
    assert.match((await docker('system', 'df')).out, /Local Volumes\s+0/)
    assert.match((await docker('run', 'web:1')).err, /POST \/containers\/create is not simulated/)
  })
}
