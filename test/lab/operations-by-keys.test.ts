import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { row } from '../helpers/dashboard-screen.ts'
import { type Dashboard, openDashboard } from '../walkthroughs/dashboard.ts'
import { type Lab, startLab } from './lab.ts'
import { nodeStates } from './swarm.ts'
import { waitFor } from './wait-for.ts'
import { leaderOf, MANAGERS } from './whole-swarm.ts'

/** The steps of the walkthroughs that are keys of the dashboard, on five real engines: each goes on from the one before. */
let lab: Lab

before(async () => {
  lab = await startLab({ engines: 5 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  const pace = ['--update-parallelism', '2', '--update-monitor', '1s', '--replicas', '10']
  const create = ['service', 'create', '--no-resolve-image', '--detach', '--name', 'web', ...pace, 'swarmtop-lab:1']
  await lab.docker('node1', ...create)
})

after(() => lab.down())

test('d and a: a node comes back empty, and B says what to renew until all carry alike', async t => {
  const { terminal, shows, onNode, agree } = open(t)
  await shows('● live', row('web', 'replicated', '10/10'))
  await onNode('node5', 'd')
  await agree('Drain node5?', 'docker node update --availability drain node5')
  await shows('drain node5: ')
  await onNode('node5', 'a')
  await agree('Activate node5?')
  await shows('activate node5: ')
  assert.equal((await placesOf('web')).includes('node5'), false)
  terminal.press('B')
  await shows(/force update web: 10 restarts; node\d carries [345] tasks, node5 0/)
  terminal.press('enter')
  await agree('Rebalance web?', 'docker service update --force web', '10 tasks restarted in all')
  await shows('rebalance web: done in', 'no force update is needed: each node carries 2 tasks')
  assert.deepEqual(
    await placesOf('web'),
    ['node1', 'node2', 'node3', 'node4', 'node5'].flatMap(name => [name, name]),
  )
})

test('s scales, e changes the image, u rolls it back, Ctrl+D and its name remove a service', async t => {
  const { shows, onService, setOnService, agree, agreeByName, overview } = open(t)
  await shows('● live', row('web', 'replicated', '10/10'))
  await setOnService('web', 's', '4', 'now 10')
  await agree('Scale web to 4?', 'docker service scale web=4')
  await shows('scale web to 4: ')
  assert.equal((await placesOf('web')).length, 4)
  await setOnService('web', 'e', 'swarmtop-lab:2', 'image of web: ')
  await agree('Change the image of web?')
  await shows('change image web: ')
  assert.deepEqual(await imagesOf('web'), ['swarmtop-lab:2'])
  await onService('web', 'u')
  await agree('Roll web back?', 'docker service rollback web')
  await shows('roll back web: ')
  assert.deepEqual(await imagesOf('web'), ['swarmtop-lab:1'])
  await onService('web', 'ctrl+d')
  await agreeByName('web', 'Remove the service web?', 'docker service rm web')
  overview()
  await shows('Services 0')
  assert.equal(await lab.docker('node1', 'service', 'ls', '--quiet'), '')
})

test('p and m change roles; Ctrl+D removes a manager that has left, which is demoted first', async t => {
  const { shows, onNode, agree, agreeByName, overview } = open(t)
  await shows('● live')
  await onNode('node5', 'p')
  await agree('Promote node5 to manager?', 'docker node promote node5')
  await shows('promote node5: ')
  await onNode('node5', 'm')
  await agree('Demote node5 to worker?', 'docker node demote node5')
  await shows('demote node5: ')
  await onNode('node4', 'p')
  await agree('Promote node4 to manager?', 'docker node promote node4')
  overview()
  await shows(row('node4', 'Ready', 'Active', 'Reachable'), '4 of 4 managers')
  await lab.docker('node4', 'swarm', 'leave', '--force')
  overview()
  await shows(row('node4', 'Down', 'Active', 'Unreachable'))
  await onNode('node4', 'ctrl+d')
  await agreeByName('node4', 'Remove node4 from the swarm?', 'docker node demote node4 && docker node rm node4')
  overview()
  await shows('Nodes 4', '3 of 3 managers')
  assert.equal((await nodeStates(lab, 'node1')).length, 4)
})

test('what the recovery card prints works when it is pasted, and what remains ticks itself', async t => {
  const leader = await leaderOf(lab, 'node1')
  const [survivor = '', other = ''] = MANAGERS.filter(name => name !== leader)
  const { terminal, shows, onNode, agreeByName } = open(t, survivor)
  await shows('● live', '3 of 3 managers')
  await Promise.all([lab.kill(leader), lab.kill(other)])
  const screen = await shows('no quorum', `On ${survivor}, and there only`, '$ docker swarm init --force-new-cluster')
  assert.equal(screen.includes('This is a simulation'), false)
  const [, words = ''] = /\$ docker (swarm init --force-new-cluster --advertise-addr \S+)/.exec(screen) ?? []
  assert.match(await lab.docker(survivor, ...words.split(' ')), /is now a manager/)
  await shows('● live', `After the new cluster on ${survivor}`, `[x] ${survivor} leads`, '[ ] 1 manager')
  await shows(`[ ] ${leader} is Down`, `[ ] ${other} is Down`)

  const [back = '', gone = ''] = [leader, other].toSorted()
  await onNode(gone, 'ctrl+d')
  await agreeByName(gone, `Remove ${gone} from the swarm?`, `docker node rm ${gone}`)
  terminal.press(':')
  terminal.type('recovery')
  terminal.press('enter')
  await shows(`[x] ${gone} is removed`, `[ ] ${back} is Down`)
  const left = (await nodeStates(lab, survivor)).map(({ name }) => name)
  assert.deepEqual([left.includes(gone), left.includes(back)], [false, true])
})

function open(t: TestContext, ...machines: readonly string[]): Dashboard {
  const own = machines.length === 0 ? ['node1'] : machines
  return openDashboard(t, { socketOf: lab.socket, limitMs: 120_000 }, ...own)
}

/** The nodes of a service's running tasks, one for each, by name. */
async function placesOf(service: string): Promise<readonly string[]> {
  return (await runningOf(service)).map(([node = '']) => node).toSorted()
}

async function imagesOf(service: string): Promise<readonly string[]> {
  return [...new Set((await runningOf(service)).map(([, image = '']) => image))]
}

function runningOf(service: string): Promise<readonly (readonly string[])[]> {
  const format = '{{.Node}}|{{.Image}}|{{.CurrentState}}'
  const look = async () => {
    const filter = ['--filter', 'desired-state=running', '--format', format]
    const lines = (await lab.docker('node1', 'service', 'ps', service, ...filter)).split('\n')
    return lines.map(line => line.split('|'))
  }
  return waitFor('every task to run', look, {
    until: rows => rows.every(([, , state = '']) => state.startsWith('Running')),
  })
}
