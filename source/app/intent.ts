import type { OperationKind } from '../operations/operation.ts'
import type { ScreenKind } from './state.ts'

/** What a key means, before it is known whether it can be done now. */
export type Intent =
  | { readonly kind: 'move'; readonly by: 'row' | 'page' | 'end'; readonly direction: 1 | -1 }
  | { readonly kind: 'next-panel'; readonly direction: 1 | -1 }
  | { readonly kind: 'open' }
  | { readonly kind: 'back' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'help' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'command' }
  | { readonly kind: 'read-now' }
  | { readonly kind: 'go'; readonly screen: Exclude<ScreenKind, 'node' | 'service'> }
  | { readonly kind: 'last-view' }
  | { readonly kind: 'operate'; readonly operation: OperationKind }
  | { readonly kind: 'pause-or-go-on' }
  | { readonly kind: 'change-speed'; readonly direction: 1 | -1 }
  | { readonly kind: 'step-on' }
  | { readonly kind: 'strike'; readonly action: 'kill' | 'start' | 'cut-or-heal' }
