/** A log call that is followed: of a service, of a task or of one container. */
export type LogStream = {
  readonly id: string
  /** The machine whose engine was asked, and the swarm that it is in; `''` for a container's log. */
  readonly machine: string
  readonly swarm: string
  readonly selection: LogSelection
  readonly format: LogFormat
  /** Lines up to this moment have been sent. */
  sentUntil: number
  /** When it will be looked at again; null while there is nothing to wait for. */
  due: number | null
}

export type LogSelection =
  | { readonly kind: 'service' | 'task'; readonly id: string }
  | { readonly kind: 'container'; readonly id: string }

export type LogFormat = {
  readonly hasStdout: boolean
  readonly hasStderr: boolean
  readonly hasTimestamps: boolean
  readonly hasDetails: boolean
  /** No frames: whatever the container wrote, as it wrote it. */
  readonly isTty: boolean
}
