/** A volume of one engine; another engine may have another one of the same name. */
export type Volume = {
  readonly name: string
  readonly driver: string
  readonly mountPoint: string
  readonly scope: string
  readonly labels: Readonly<Record<string, string>>
  /** Milliseconds since 1970; 0 where the driver does not say. */
  readonly createdAt: number
}
