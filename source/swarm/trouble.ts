/** Something wrong that an operator should know of. `advice` changes no verdict and no exit code. */
export type Trouble = {
  readonly severity: 'critical' | 'degraded' | 'advice'
  readonly object: TroubleObject
  /** One line, without a full stop. Contains names from the cluster: untrusted text. */
  readonly text: string
}

export type TroubleObject =
  | { readonly kind: 'quorum' }
  | { readonly kind: 'node'; readonly id: string; readonly name: string }
  | { readonly kind: 'service'; readonly id: string; readonly name: string }
