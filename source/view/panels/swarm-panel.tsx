import { Box } from 'ink'
import { Line } from '../line.tsx'
import { resourceWords } from '../resource-words.ts'
import { span } from '../row.ts'
import { FactsPanel } from './facts-panel.tsx'
import type { ScreenPanelProps } from './panel-props.ts'

/** The page about the swarm itself; where it cannot be read now, what was known stays, with its age. */
export function SwarmPanel(props: ScreenPanelProps) {
  const { state, area, looks } = props
  const { waiting, age, problem } = resourceWords(state, { kind: 'swarm' }, area.width - 2, looks)
  return (
    <Box flexDirection="column">
      <FactsPanel
        {...props}
        area={{ ...area, height: area.height - problem.length }}
        panel="swarm-facts"
        nothing={waiting ?? 'the engine answered with something that is no swarm'}
        note={age}
      />
      {problem.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={[span(' '), ...row]} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}
