import type { MaintenanceAction } from './maintenance/maintenance-keys.ts'
import type { PlainKind } from './meant-operations.ts'
import type { ListScreen } from './screen.ts'
import type { ValueKind } from './values/value-request.ts'

/** What a key means, before it is known whether it can be done now. */
export type Intent =
  | { readonly kind: 'move'; readonly by: 'row' | 'page' | 'end'; readonly direction: 1 | -1 }
  /** Left and right: within a row where it has parts, else to the panel beside. */
  | { readonly kind: 'sideways'; readonly direction: 1 | -1 }
  | { readonly kind: 'next-panel'; readonly direction: 1 | -1 }
  | { readonly kind: 'open' }
  | { readonly kind: 'back' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'help' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'command' }
  | { readonly kind: 'read-now' }
  | { readonly kind: 'go'; readonly screen: ListScreen }
  | { readonly kind: 'last-view' }
  | { readonly kind: 'logs' }
  | { readonly kind: 'inspect' }
  | { readonly kind: 'why' }
  | { readonly kind: 'lanes' }
  | { readonly kind: 'rebalance'; readonly action: 'open' | 'choose' | 'start' | 'copy' }
  | { readonly kind: 'change-window'; readonly direction: 1 | -1 }
  | { readonly kind: 'jump'; readonly to: 'service' | 'node' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'sort' }
  | { readonly kind: 'flip-sort' }
  | { readonly kind: 'mark' }
  | { readonly kind: 'hit'; readonly direction: 1 | -1 }
  | { readonly kind: 'log'; readonly action: LogAction }
  /** As k9s numbers them: the end, the beginning, 1, 5, 15, 30 and 60 minutes. */
  | { readonly kind: 'log-since'; readonly choice: number }
  | { readonly kind: 'document'; readonly action: DocumentAction }
  | { readonly kind: 'operate'; readonly operation: PlainKind }
  /** An operation of which a value has to be told first. */
  | { readonly kind: 'ask-value'; readonly of: ValueKind }
  /** Of what is marked or selected. */
  | { readonly kind: 'open-maintenance' }
  | { readonly kind: 'maintain'; readonly action: MaintenanceAction }
  | { readonly kind: 'stop-operation' }
  | { readonly kind: 'pause-or-go-on' }
  | { readonly kind: 'change-speed'; readonly direction: 1 | -1 }
  | { readonly kind: 'step-on' }
  | { readonly kind: 'strike'; readonly action: 'kill' | 'start' | 'cut-or-heal' }

export type LogAction = 'follow' | 'wrap' | 'times' | 'full' | 'only-hits' | 'save'

export type DocumentAction = 'fold' | 'fold-all' | 'reveal' | 'format' | 'pager' | 'editor'
