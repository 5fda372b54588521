import type { ApiServiceSpec } from '../../api/service.ts'

export type UpdatePlan = {
  /** 0: all at once. */
  readonly parallelism: number
  readonly delayMs: number
  readonly monitorMs: number
  readonly failureAction: 'pause' | 'continue' | 'rollback'
  readonly maxFailureRatio: number
  readonly order: 'stop-first' | 'start-first'
}

/** The config of an update or a rollback, defaults filled in. Source: moby/swarmkit api/defaults/service.go */
export function readUpdatePlan(spec: ApiServiceSpec, isRollback: boolean): UpdatePlan {
  const config = isRollback ? spec.RollbackConfig : spec.UpdateConfig
  const action = config?.FailureAction
  return {
    parallelism: config === undefined || config === null ? 1 : (config.Parallelism ?? 0),
    delayMs: (config?.Delay ?? 0) / 1e6,
    monitorMs: (config?.Monitor ?? 5e9) / 1e6,
    failureAction: action === 'continue' || action === 'rollback' ? action : 'pause',
    maxFailureRatio: config?.MaxFailureRatio ?? 0,
    order: config?.Order === 'start-first' ? 'start-first' : 'stop-first',
  }
}
