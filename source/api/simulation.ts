/** What `GET /simulation` answers on the control.sock of a simulation: what no engine has. Words of our own. */
export type ApiSimulation = {
  readonly scenario: string
  readonly seed: number
  /** Its own time, RFC 3339. */
  readonly now: string
  /** Simulated seconds in a real one; kept through a pause. */
  readonly speed: number
  readonly isPaused: boolean
  readonly machines: readonly ApiMachine[]
  readonly load: readonly ApiLoad[]
}

export type ApiMachine = {
  /** Its node's hostname too. */
  readonly name: string
  readonly address: string
  readonly power: 'on' | 'booting' | 'off'
  /** Whether its network is. */
  readonly isCut: boolean
  /** As `LocalNodeState` of `/info`. */
  readonly swarm: 'inactive' | 'pending' | 'active' | 'locked' | 'error'
  /** `''` outside of a swarm. */
  readonly role: 'manager' | 'worker' | ''
}

/** Requests that reach a service from outside, since the beginning. */
export type ApiLoad = {
  readonly service: string
  readonly requestsPerSecond: number
  readonly requests: number
  readonly failures: number
}

/** What `POST /clock` takes; what is left out stays. */
export type ApiClockChange = {
  readonly speed?: number
  readonly isPaused?: boolean
  /** Goes on by so much at once, paused or not. */
  readonly stepMs?: number
}
