import { driveSwarm, EPOCH_MS, emptyScenario, serviceSpec } from './helpers/simulated-swarm.ts'
import { buildWorld } from '../source/simulator/scenarios/build-world.ts'
import { load } from '../source/simulator/simulator.ts'
const [nodes, services, replicas, parallelism] = process.argv.slice(2).map(Number) as [number, number, number, number]
const t = () => performance.now()
let a = t()
const say = (text: string) => { const b = t(); console.log(text, Math.round(b - a), 'ms', Math.round(process.memoryUsage().rss / 1e6), 'MB'); a = t() }
const plain = emptyScenario({ managers: 3, workers: nodes - 3, images: { redis: {} }, memoryBytes: 64e9 })
const world = buildWorld({ ...plain, machines: plain.machines.map(m => ({ ...m, nanoCpus: 64e9 })) }, 1, EPOCH_MS)
const swarm = driveSwarm(load(world))
say('build')
for (let i = 0; i < services; i++) swarm.create(serviceSpec(`s${i}`, { replicas, memoryBytes: 1e8, update: { Parallelism: parallelism, Delay: 0, Monitor: 5e9 } }))
say('create')
swarm.pass(30_000)
say('30 s to run')
const running = swarm.services().reduce((n, s) => n + (s.ServiceStatus?.RunningTasks ?? 0), 0)
console.log('running', running)
a = t()
swarm.pass(60_000)
say('60 s at rest')
for (let i = 0; i < services; i++) swarm.changeService(`s${i}`, spec => ({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 1 } }))
say('update all')
for (let i = 0; i < 6; i++) { swarm.pass(10_000); say('10 s updating') }
const states: Record<string, number> = {}
for (const s of swarm.services()) states[s.UpdateStatus?.State ?? ''] = (states[s.UpdateStatus?.State ?? ''] ?? 0) + 1
console.log(states, Object.keys(Object.values(world.swarms)[0]?.tasks ?? {}).length)
