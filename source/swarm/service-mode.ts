import type { Service } from './service.ts'

/** Whether its tasks are to end by themselves, once for each iteration. */
export const isJob = ({ mode }: Service): boolean => mode.kind === 'replicated-job' || mode.kind === 'global-job'
