import type { Progress } from './operation.ts'

export const running = (text: string, done: number, total: number): Progress => ({ kind: 'running', text, done, total })
export const converged = (text: string): Progress => ({ kind: 'converged', text })
export const failed = (text: string): Progress => ({ kind: 'failed', text })
