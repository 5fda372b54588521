import type { ListedContext } from '../../swarm/listed-context.ts'
import type { RowSource } from './row-source.ts'

export type ContextRow = ListedContext

/** The docker contexts, in the order of `docker context ls`. */
export const CONTEXT_ROWS: RowSource<ContextRow> = {
  all: state => state.contexts?.list ?? NONE,
  idOf: ({ name }) => name,
  fieldsOf: ({ name, description, endpoint, problem }) => ({ name, description, endpoint, error: problem }),
  columns: [
    { name: 'name', by: ({ name }) => name },
    { name: 'description', by: ({ description }) => description },
    { name: 'endpoint', by: ({ endpoint }) => endpoint },
    { name: 'error', by: ({ problem }) => problem || '~' },
  ],
}

const NONE: readonly ContextRow[] = []
