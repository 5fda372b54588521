import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Lab, startLab } from './lab.ts'
import { nodeState, nodeStates } from './swarm.ts'
import { waitFor } from './wait-for.ts'

/** One swarm of five, three of them managers; each test leaves it whole. */
let lab: Lab

before(async () => {
  lab = await startLab({ engines: 5 })
  await lab.formSwarm({ managers: 3 })
})

after(() => lab.down())

test('five engines are one swarm that node1 leads', async () => {
  assert.deepEqual(
    (await nodeStates(lab, 'node2')).map(({ name, status, manager }) => `${name} ${status} ${manager}`.trim()),
    ['node1 Ready Leader', 'node2 Ready Reachable', 'node3 Ready Reachable', 'node4 Ready', 'node5 Ready'],
  )
})

test('every engine has the images, and their containers behave as their tags say', async () => {
  await lab.loadImages()
  const create = ['service', 'create', '--no-resolve-image', '--detach']
  await lab.docker('node1', ...create, '--name', 'web', '--replicas', '5', 'swarmtop-lab:2')
  await lab.docker('node1', ...create, '--name', 'broken', '--restart-condition', 'none', 'swarmtop-lab:bad')
  await waitFor('five running tasks', () => lab.docker('node1', 'service', 'ls'), {
    until: services => /web .* 5\/5/.test(services),
  })
  await waitFor('the broken one to fail', () => lab.docker('node1', 'service', 'ps', 'broken'), {
    until: tasks => tasks.includes('non-zero exit (1)'),
  })
  await lab.docker('node1', 'service', 'rm', 'web', 'broken')
})

test('a machine that is cut off is unreachable, and is back when its cable is', async () => {
  await lab.cut('node3')
  await waitFor('node3 to be unreachable', () => nodeState(lab, 'node1', 'node3'), {
    until: node => node?.manager === 'Unreachable',
  })
  assert.equal(lab.isRunning('node3'), true)
  await lab.heal('node3')
  await waitFor('node3 to be back', () => nodeState(lab, 'node1', 'node3'), {
    until: node => node?.manager === 'Reachable' && node.status === 'Ready',
  })
})

test('an engine that is stopped in order is gone, and starts again', async () => {
  await lab.stop('node5')
  assert.equal(lab.isRunning('node5'), false)
  await lab.start('node5')
  assert.equal(await lab.docker('node5', 'info', '--format', '{{.Name}} {{.Swarm.LocalNodeState}}'), 'node5 active')
})

test('a powered-off worker is Down, and Ready when it is started', async () => {
  await lab.poweroff('node4')
  await waitFor('node4 to be Down', () => nodeState(lab, 'node1', 'node4'), { until: node => node?.status === 'Down' })
  await lab.start('node4')
  await waitFor('node4 to be Ready', () => nodeState(lab, 'node1', 'node4'), {
    until: node => node?.status === 'Ready',
  })
})

test('when the leader is killed another one is elected', async () => {
  await lab.kill('node1')
  assert.equal(lab.isRunning('node1'), false)
  await waitFor('a new leader', () => nodeStates(lab, 'node2'), {
    until: nodes => nodes.some(({ name, manager }) => name !== 'node1' && manager === 'Leader'),
  })
  await lab.start('node1')
  await waitFor('node1 to be back', () => nodeState(lab, 'node2', 'node1'), {
    until: node => node?.manager === 'Reachable' && node.status === 'Ready',
  })
})

test('a machine that nobody knows is named', async () => {
  assert.throws(() => lab.socket('node9'), /no machine node9; there are node1, node2, node3, node4, node5/)
})

test('down leaves nothing behind', async () => {
  const small = await startLab({ engines: 2 })
  const name = labNameOf(small)
  assert.notDeepEqual(tracesOf(name), NOTHING)
  await small.down()
  assert.deepEqual(tracesOf(name), NOTHING)
})

test('a lab goes with its process, when that is told to end', async () => {
  const { name, owner } = await labOfAnotherProcess()
  owner.kill('SIGTERM')
  assert.deepEqual(await once(owner, 'exit'), [null, 'SIGTERM'])
  assert.deepEqual(tracesOf(name), NOTHING)
})

test('what a killed process has left is removed by the next lab', async () => {
  const { name, owner } = await labOfAnotherProcess()
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  assert.notDeepEqual(tracesOf(name), NOTHING)
  const next = await startLab({ engines: 1 })
  assert.deepEqual(tracesOf(name), NOTHING)
  assert.equal(next.isRunning('node1'), true)
  await next.down()
})

const NOTHING = { namespaces: [], mounts: [], groups: [], processes: [], directory: false }

/** Everything on this machine that bears the name of a lab. */
function tracesOf(name: string) {
  const isNamed = (text: string): boolean => text.includes(name)
  const hierarchies = readdirSync('/sys/fs/cgroup').map(hierarchy => `/sys/fs/cgroup/${hierarchy}/${name}`)
  return {
    namespaces: execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }).split('\n').filter(isNamed),
    mounts: readFileSync('/proc/mounts', 'utf8').split('\n').filter(isNamed),
    groups: [`/sys/fs/cgroup/${name}`, ...hierarchies].filter(path => existsSync(path)),
    processes: readdirSync('/proc').filter(pid => /^\d+$/.test(pid) && isNamed(readOrEmpty(`/proc/${pid}/cmdline`))),
    directory: existsSync(join(tmpdir(), name)),
  }
}

function labNameOf({ machines }: Lab): string {
  return machines[0]?.namespace.replace(/-node1$/, '') ?? ''
}

/** Starts a lab in a process of its own, which prints the lab's name and then waits. */
async function labOfAnotherProcess() {
  const script = `
    import { startLab } from ${JSON.stringify(new URL('lab.ts', import.meta.url).href)}
    const { machines } = await startLab({ engines: 1 })
    console.log(machines[0].namespace)
    setInterval(() => {}, 1000)`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
  const owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(owner.stdout, 'data')
  return {
    name: String(line)
      .trim()
      .replace(/-node1$/, ''),
    owner,
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
