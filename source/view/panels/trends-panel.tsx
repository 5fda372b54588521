import { currentView } from '../../app/current-view.ts'
import { Panel } from '../panel.tsx'
import type { ScreenPanelProps } from './panel-props.ts'

export function TrendsPanel({ state, area, title, looks }: ScreenPanelProps) {
  return <Panel area={area} title={title} isFocused={currentView(state).focus === 'trends'} rows={[]} looks={looks} />
}
