import type { Area } from '../layout.ts'
import { Panel } from '../panel.tsx'
import { span } from '../row.ts'
import { type Looks, WARNING } from '../theme.ts'

type Props = { readonly noun: 'node' | 'service' | 'stack'; readonly body: Area; readonly looks: Looks }

/** In place of a thing that was removed while it was looked at. */
export function Gone({ noun, body, looks }: Props) {
  return (
    <Panel
      area={body}
      title={[span(`This ${noun} is gone`, WARNING)]}
      rows={[[span(`It was removed from the swarm, or it is not in the last reading. Esc goes back.`)]]}
      looks={looks}
    />
  )
}
