import assert from 'node:assert/strict'
import { stage } from './harness.ts'
import { stateRank } from '../../source/rules/task-state.ts'
import { isLive, slotKey } from '../../source/simulator/world/task.ts'
let s = 1
const rnd = (n: number) => { s = (s * 1103515245 + 12345) & 0x7fffffff; return Math.floor((s / 0x7fffffff) * n) % n }
const pick = <T>(xs: readonly T[]): T => xs[rnd(xs.length)] as T
for (let seed = Number(process.argv[2]); seed < Number(process.argv[3]); seed++) {
  s = seed * 7919 + 13
  const log: string[] = []
  const swarm = stage({ seed, nodes: { n1: {}, n2: {}, n3: {} }, images: { bad: { isMissing: true }, flaky: { exit: { chance: 0.5, afterMs: [10, 9000], code: 1 } }, once: { exit: { chance: 1, afterMs: [10, 3000], code: 0 } }, slow: { stopMs: 'ignores-signal' } } })
  const names = ['web', 'glb', 'job', 'gjob']
  const image = () => pick(['v:1', 'v:2', 'bad:1', 'flaky:1', 'once:1', 'slow:1'])
  const restart = () => ({ condition: pick(['any', 'any', 'on-failure'] as const), delay: pick([0, 1, 5]), attempts: pick([0, 0, 1, 3]), window: pick([0, 2, 20]) })
  const update = () => ({ order: 'stop-first' as const, parallelism: pick([0, 1, 2]), delay: pick([0, 0, 3]), action: pick(['pause', 'continue', 'rollback'] as const), monitor: pick([1, 5]), ratio: pick([0, 0.3]) })
  const before = new Map<string, [number, number]>()
  try {
    for (let i = 0; i < 60; i++) {
      const name = pick(names)
      const exists = Object.values(swarm.swarm.services).some(x => x.spec.Name === name)
      const kind = rnd(12)
      log.push(`${i} ${kind} ${name}`)
      if (!exists && kind < 8) {
        const isJob = name.endsWith('job')
        const mode = name === 'glb' ? { mode: 'global' as const } : name === 'gjob' ? { mode: 'global-job' as const } : name === 'job' ? { job: { concurrent: 1 + rnd(3), total: 1 + rnd(6) } } : { replicas: rnd(6) }
        swarm.create(name, { ...mode, image: image(), restart: isJob ? { ...restart(), condition: 'on-failure' } : restart(), ...(isJob ? {} : { update: update(), rollback: { ...update(), action: pick(['pause', 'continue']) } }) })
      } else if (exists && kind === 0) swarm.remove(name)
      else if (exists && kind < 4) swarm.tryUpdate(name, { image: image(), ...(name === 'web' && rnd(2) ? { replicas: rnd(6) } : {}) })
      else if (exists && kind === 4) swarm.rollBack(name)
      else if (kind === 5) swarm.node(pick(['n1', 'n2', 'n3']), { availability: pick(['active', 'active', 'pause', 'drain']) })
      else if (kind === 6) swarm.node(pick(['n1', 'n2', 'n3']), { status: pick(['ready', 'ready', 'down']) })
      else if (kind === 7 && exists) { const t = swarm.tasks(name).filter(t => t.status.state === 'running'); if (t.length > 0) swarm.simulator.inject({ kind: 'kill-container', taskId: pick(t).id, exitCode: rnd(2) }) }
      else if (kind === 8) swarm.startLeader()
      else swarm.pass(rnd(8000) / 1000)
      const live = new Map<string, string>()
      for (const t of Object.values(swarm.swarm.tasks)) {
        const was = before.get(t.id)
        const now: [number, number] = [stateRank(t.desired), stateRank(t.status.state)]
        if (was) assert.ok(now[0] >= was[0] && now[1] >= was[1], `goes back ${t.serviceName}`)
        before.set(t.id, now)
        if (!isLive(t) || t.serviceName === 'gjob' && t.jobIteration !== swarm.swarm.services[t.serviceId]?.job?.iteration) continue
        if (t.jobIteration !== null && stateRank(t.status.state) > stateRank('running')) continue
        assert.equal(live.get(slotKey(t)), undefined, `two live in ${slotKey(t)} ${t.serviceName}.${t.slot}`)
        live.set(slotKey(t), t.id)
      }
    }
    for (const n of ['n1', 'n2', 'n3']) { swarm.node(n, { status: 'ready' }); swarm.node(n, { availability: 'active' }) }
    for (const x of Object.values(swarm.swarm.services)) swarm.tryUpdate(x.spec.Name ?? '', { image: 'v:9', restart: {condition: 'any', delay: 1} })
    swarm.pass(300)
    for (const x of Object.values(swarm.swarm.services)) {
      const c = swarm.counts(x.spec.Name ?? '')
      if (!x.spec.Mode?.ReplicatedJob) assert.equal(c.running, c.desired, `${x.spec.Name} ${JSON.stringify(c)} ${JSON.stringify(swarm.rows(x.spec.Name ?? ''))} ${JSON.stringify(x.updateStatus)}`)
    }
  } catch (e) { console.log('seed', seed, (e as Error).message, log.slice(-6), JSON.stringify(swarm.swarm.leader.updates), JSON.stringify(swarm.swarm.leader.starts), JSON.stringify(swarm.swarm.leader.held), swarm.swarm.raft, Object.values(swarm.swarm.services).map(x=>JSON.stringify(x.spec.TaskTemplate?.RestartPolicy)), swarm.tasks('web').map(t=>JSON.stringify(t.spec.RestartPolicy))); }
}
