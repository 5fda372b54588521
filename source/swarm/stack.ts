import type { Service } from './service.ts'

/** The label by which `docker stack deploy` marks what belongs to a stack. Source: docker/cli cli/compose/convert/compose.go */
export const STACK_LABEL = 'com.docker.stack.namespace'

/** The stack that something with these labels belongs to; `''` for none. */
export const stackIn = (labels: Readonly<Record<string, string>>): string =>
  Object.hasOwn(labels, STACK_LABEL) ? (labels[STACK_LABEL] ?? '') : ''

export const stackOf = ({ labels }: Pick<Service, 'labels'>): string => stackIn(labels)
