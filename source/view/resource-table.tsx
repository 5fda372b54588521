import { Box } from 'ink'
import type { ListPanelName } from '../app/rows/panel-rows.ts'
import type { ResourceRef } from '../swarm/resource-ref.ts'
import { Line } from './line.tsx'
import { resourceWords } from './resource-words.ts'
import { span } from './row.ts'
import { StateTable, type StateTableProps } from './state-table.tsx'

type Props<P extends ListPanelName> = StateTableProps<P> & { readonly resource: ResourceRef }

/** A table of what is read besides the reading: while it is waited for it says so, and below it why it does not come. */
export function ResourceTable<P extends ListPanelName>({ resource, ...props }: Props<P>) {
  const { state, area, looks, nothing, note = [] } = props
  const { waiting, age, problem } = resourceWords(state, resource, area.width - 2, looks)
  return (
    <Box flexDirection="column">
      <StateTable<P>
        {...props}
        area={{ ...area, height: area.height - problem.length }}
        note={age.length > 0 ? age : note}
        nothing={waiting ?? nothing}
      />
      {problem.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={[span(' '), ...row]} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}
