import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type DockerCli, dockerClis, runDocker } from '../../helpers/docker-clis.ts'
import { servedWorld } from '../../helpers/served-world.ts'
import { simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const clis = dockerClis()
const skip = clis.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'

test('there is a docker CLI to test with', { skip }, () => assert.notEqual(clis.length, 0))

for (const cli of clis) {
  test(`docker ${cli.version} makes a swarm, grows it, locks it and takes it apart`, {
    timeout: 60_000,
  }, async context => {
    const docker = await strangers(context, cli)
    const made = await docker('node1', 'swarm init --advertise-addr 10.0.1.1')
    assert.match(
      made.out,
      /^Swarm initialized: current node \([0-9a-z]{25}\) is now a manager\.\n\nTo add a worker .*\n\n +docker swarm join --token SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25} 10\.0\.1\.1:2377\n/,
    )
    const worker = (await docker('node1', 'swarm join-token -q worker')).out.trim()
    const manager = (await docker('node1', 'swarm join-token -q manager')).out.trim()
    assert.equal((await docker('node2', `swarm join --token ${worker} 10.0.1.1:2377`)).out, JOINED('worker'))
    assert.equal((await docker('node3', `swarm join --token ${manager} 10.0.1.1`)).out, JOINED('manager'))
    assert.deepEqual(await listing(docker), ['node1 Ready Leader', 'node2 Ready ', 'node3 Ready Reachable'])

    assert.equal((await docker('node1', 'node promote node2')).out, 'Node node2 promoted to a manager in the swarm.\n')
    assert.match((await docker('node1', 'node promote node2')).out, /^Node [0-9a-z]{25} is already a manager\.\n$/)
    assert.equal((await docker('node1', 'node demote node2')).out, 'Manager node2 demoted in the swarm.\n')
    let told = await docker('node2', 'node ls')
    while (/code = Unavailable/.test(told.err)) told = await docker('node2', 'node ls')
    assert.match(told.err, /Worker nodes can't be used to view or modify cluster state/)

    assert.notEqual((await docker('node1', 'swarm join-token --rotate -q worker')).out.trim(), worker)
    const updated = await docker('node1', 'swarm update --task-history-limit 3 --dispatcher-heartbeat 3s')
    assert.equal(updated.out, 'Swarm updated.\n')
    assert.match(
      (await docker('node1', 'info')).out,
      /Task History Retention Limit: 3\n[\s\S]*Heartbeat Period: 3 seconds/,
    )
    assert.match(
      (await docker('node1', 'swarm update --autolock=true')).out,
      /^Swarm updated\.\n[\s\S]* {4}SWMKEY-1-\S{43}\n/,
    )
    assert.match((await docker('node1', 'swarm unlock-key -q')).out, /^SWMKEY-1-\S{43}\n$/)
    assert.match((await docker('node1', 'swarm unlock')).err, /swarm is not locked/)
    assert.match((await docker('node1', 'swarm ca')).out, /^-----BEGIN CERTIFICATE-----\n/)

    assert.match((await docker('node3', 'swarm leave')).err, /leaves 1 managers out of 2\. Without a Raft quorum/)
    assert.match((await docker('node1', 'node rm node2')).err, /is not down and can't be removed/)
    assert.equal((await docker('node2', 'swarm leave')).out, 'Node left the swarm.\n')
    assert.equal((await docker('node1', 'node rm --force node2')).out, 'node2\n')
    assert.equal((await docker('node1', 'node demote node3')).out, 'Manager node3 demoted in the swarm.\n')
    assert.match((await docker('node1', 'swarm leave')).err, /Removing the last manager erases all current state/)
    assert.equal((await docker('node1', 'swarm leave --force')).out, 'Node left the swarm.\n')
    assert.match((await docker('node1', 'info')).out, /Swarm: inactive\n/)
    assert.match((await docker('node1', 'node ls')).err, /This node is not a swarm manager\. Use "docker swarm init"/)
  })

  test(`docker ${cli.version} is told why not`, { timeout: 60_000 }, async context => {
    const docker = await strangers(context, cli)
    await docker('node1', 'swarm init')
    const token = (await docker('node1', 'swarm join-token -q worker')).out.trim()
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['node1', 'swarm init', /This node is already part of a swarm\. Use "docker swarm leave"/],
      ['node2', 'swarm leave', /This node is not part of a swarm/],
      ['node2', 'swarm unlock', /This node is not part of a swarm/],
      ['node2', 'swarm join --token SWMTKN-1-abc-def 10.0.1.1:2377', /invalid join token/],
      ['node2', `swarm join --token ${token} 10.0.1.3:2377`, /dial tcp 10\.0\.1\.3:2377: connect: connection refused/],
      ['node1', 'node demote node1', /FailedPrecondition desc = attempting to demote the last manager of the swarm/],
      ['node1', 'node rm --force node1', /It must be demoted to worker before removal/],
      ['node1', 'swarm unlock-key', /no unlock key is set/],
      ['node1', 'swarm update --cert-expiry 20m', /minimum certificate expiry time is: 1h0m0s/],
    ]
    for (const [machine, words, expected] of cases) {
      const { code, err } = await docker(machine, words)
      assert.match(err, expected, words)
      assert.equal(code, 1, words)
    }
  })
}

const JOINED = (role: string) => `This node joined a swarm as a ${role}.\n`

type Docker = (machine: string, words: string) => ReturnType<typeof runDocker>

/** Three engines in no swarm, their time going fast. */
async function strangers(context: TestContext, cli: DockerCli): Promise<Docker> {
  const { simulator } = simulatedSwarm({ managers: 0, workers: 0, strangers: 3 })
  const world = await servedWorld(context, simulator, 20)
  return (machine, words) => runDocker(cli, world.pathOf(machine), words.split(' '))
}

async function listing(docker: Docker): Promise<readonly string[]> {
  const { out } = await docker('node1', 'node ls --format {{.Hostname}}\t{{.Status}}\t{{.ManagerStatus}}')
  return out
    .trimEnd()
    .split('\n')
    .map(row => row.replaceAll('\t', ' '))
    .toSorted()
}
