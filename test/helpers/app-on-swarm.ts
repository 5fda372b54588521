import type { ApiReading } from '../../source/api/info.ts'
import type { Effect } from '../../source/app/effect.ts'
import type { FoundMaintenance } from '../../source/app/maintenance/maintenance-file.ts'
import type { Settings } from '../../source/app/state.ts'
import type { Maintenance } from '../../source/operations/maintenance/maintenance.ts'
import { App } from './app.ts'
import { carryOut } from './carry-out.ts'
import { driveSwarm, type SimulatedSwarm } from './simulated-swarm.ts'

/** What is kept of maintenances, which outlives a session. */
export type Files = Map<string, { readonly maintenance: Maintenance; readonly session: string }>

/** What has just been written down, or sent. */
export type Done = { readonly written: Maintenance } | { readonly sent: string }

/**
 * The program's inside on a simulated swarm: the time of both goes by together, what is asked of the engine is done, and
 * files are kept in memory. `session`: how this one signs what it writes; another one goes on while it is among `alive`.
 */
export class AppOnSwarm {
  readonly app: App
  readonly swarm: SimulatedSwarm
  readonly files: Files
  /** What was sent to the engine, in order: `drain w1`. */
  readonly sent: string[] = []
  /** When nothing can be written, why. */
  trouble: string | null = null
  /** When the session is lost: at the first thing it does for which this says so, once that is done. */
  dieAt: (done: Done) => boolean = () => false
  isDead = false
  readonly #session: string
  readonly #alive: ReadonlySet<string>
  /** The same swarm, asked through each of its managers. */
  readonly #hosts: readonly SimulatedSwarm[]

  constructor(
    swarm: SimulatedSwarm,
    options: {
      readonly files?: Files
      readonly session?: string
      readonly alive?: ReadonlySet<string>
      readonly machines?: readonly string[]
      readonly settings?: Partial<Settings>
    } = {},
  ) {
    const {
      files = new Map(),
      session = 'one',
      alive = new Set(),
      machines = ['node1', 'node2'],
      settings = {},
    } = options
    this.swarm = swarm
    this.files = files
    this.#session = session
    this.#alive = alive
    this.#hosts = machines.map(machine => driveSwarm(swarm.simulator, machine))
    const hosts = machines.map(machine => `unix:///${machine}.sock`)
    this.app = new App({ stateFolder: '/state', operator: `ops@${session}`, hosts, ...settings })
    this.app.now = Math.round(this.swarm.simulator.world.epochMs + this.swarm.simulator.world.now)
    this.app.happen({ kind: 'ticked' })
    this.settle()
  }

  /** Each key after a moment in which a person has read what is there. */
  press(...keys: string[]): this {
    for (const key of keys) {
      this.app.consider().press(key)
      this.settle()
    }
    return this
  }

  type(text: string): this {
    this.app.type(text)
    return this
  }

  /** So many seconds go by, with a reading each. */
  pass(seconds: number, look: () => void = () => {}): this {
    for (let second = 0; second < seconds; second += 1) {
      if (this.isDead) return this
      this.swarm.pass(1000)
      this.app.pass(1000)
      this.settle()
      look()
    }
    return this
  }

  /** Lets time go by until something is so; throws when it is not within a while. */
  passUntil(what: string, isSo: () => boolean, look: () => void = () => {}): this {
    for (let second = 0; second < 600; second += 1) {
      if (isSo()) return this
      this.pass(1, look)
    }
    throw new Error(`It never came to be that ${what}: ${JSON.stringify(this.steps())} ${this.app.notice}`)
  }

  /** Of each node of the maintenance where it is: `w1 in-hand`. */
  steps(): readonly string[] {
    return this.app.state.maintaining.course?.maintenance.nodes.map(({ name, step }) => `${name} ${step}`) ?? []
  }

  get held(): string {
    return this.app.state.maintaining.course?.maintenance.held?.reason ?? ''
  }

  get phase(): string {
    return this.app.state.maintaining.course?.phase ?? 'none'
  }

  /** What was asked of the world is done, and what comes of it as well. */
  settle(): void {
    while (this.app.effects.length > 0 && !this.isDead) {
      const [effect, ...rest] = this.app.effects
      this.app.effects = rest
      if (effect !== undefined) this.#perform(effect)
    }
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'read':
        this.#answer(effect.number, effect.host)
        return
      case 'operate': {
        this.sent.push(`${effect.operation.kind} ${effect.operation.name}`)
        const { number, operation, host } = effect
        const { outcome } = carryOut(this.#hosts[host] ?? this.swarm, operation)
        if (this.#dies({ sent: operation.kind })) return
        this.app.happen({ kind: 'operation-answered', number, operation, outcome })
        return
      }
      case 'rehearse':
        this.app.happen({ kind: 'rehearsal-failed', number: effect.number, text: 'nobody rehearses here' })
        return
      case 'load-maintenance': {
        const kept = this.files.get(effect.file)
        const { clusterId } = effect
        this.app.happen({
          kind: 'maintenance-loaded',
          clusterId,
          found: kept === undefined ? null : this.#found(kept),
          trouble: null,
        })
        return
      }
      case 'save-maintenance': {
        const { number, file, maintenance, isTakenOver } = effect
        const isOfAnother = !isTakenOver && (this.files.get(file)?.session ?? this.#session) !== this.#session
        const trouble = isOfAnother ? 'another session has taken it over' : this.trouble
        if (trouble === null)
          this.files.set(file, { maintenance: structuredClone(maintenance), session: this.#session })
        if (this.#dies({ written: maintenance })) return
        this.app.happen({ kind: 'maintenance-saved', number, trouble })
        return
      }
      case 'remove-maintenance':
        this.files.delete(effect.file)
        return
      default:
        return
    }
  }

  #dies(done: Done): boolean {
    this.isDead ||= this.dieAt(done)
    return this.isDead
  }

  #found({ maintenance, session }: { readonly maintenance: Maintenance; readonly session: string }): FoundMaintenance {
    return {
      maintenance,
      session: session !== this.#session && this.#alive.has(session) ? `Another session (${session})` : '',
    }
  }

  #answer(number: number, host: number): void {
    const reading = this.#read(host)
    this.app.happen(
      reading === null
        ? { kind: 'reading-failed', number, host, problem: { kind: 'unreachable', address: '', detail: 'gone' } }
        : { kind: 'reading-received', number, host, reading, roundTripMs: 5 },
    )
  }

  /** Null where the machine is off, or the swarm has no leader. */
  #read(host: number): ApiReading | null {
    const asked = this.#hosts[host] ?? this.swarm
    try {
      const [nodes, services, tasks] = [asked.nodes(), asked.services(), asked.tasks()]
      return { info: asked.call('GET', '/info').value as ApiReading['info'], version: {}, nodes, services, tasks }
    } catch {
      return null
    }
  }
}
