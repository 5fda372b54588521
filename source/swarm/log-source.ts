/** What an engine has one stream of log lines for. */
export type LogSource =
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'task'; readonly taskId: string }
