import type { FunctionComponent } from 'react'
import type { Panel } from '../../app/screen.ts'
import { ConfigsPanel } from './configs-panel.tsx'
import { ContextsPanel } from './contexts-panel.tsx'
import { DoctorPanel } from './doctor-panel.tsx'
import { EventsPanel } from './events-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { InspectPanel } from './inspect-panel.tsx'
import { LanesPanel } from './lanes-panel.tsx'
import { LogsPanel } from './logs-panel.tsx'
import { MaintenancePanel } from './maintenance-panel.tsx'
import { MatrixPanel } from './matrix-panel.tsx'
import { NetworksPanel } from './networks-panel.tsx'
import { NodesPanel } from './nodes-panel.tsx'
import { OperationsPanel } from './operations-panel.tsx'
import type { ScreenPanelProps } from './panel-props.ts'
import { RebalancePanel } from './rebalance-panel.tsx'
import { SecretsPanel } from './secrets-panel.tsx'
import { ServicesPanel } from './services-panel.tsx'
import { SlotsPanel } from './slots-panel.tsx'
import { StacksPanel } from './stacks-panel.tsx'
import { StoryPanel } from './story-panel.tsx'
import { SwarmPanel } from './swarm-panel.tsx'
import { TasksPanel } from './tasks-panel.tsx'
import { TrendsPanel } from './trends-panel.tsx'
import { VolumesPanel } from './volumes-panel.tsx'

/** Who draws each panel. */
export const PANEL_VIEWS: Readonly<Record<Panel, FunctionComponent<ScreenPanelProps>>> = {
  nodes: NodesPanel,
  services: ServicesPanel,
  slots: SlotsPanel,
  tasks: TasksPanel,
  events: EventsPanel,
  stacks: StacksPanel,
  networks: NetworksPanel,
  volumes: VolumesPanel,
  secrets: SecretsPanel,
  configs: ConfigsPanel,
  contexts: ContextsPanel,
  matrix: MatrixPanel,
  lanes: LanesPanel,
  story: StoryPanel,
  'node-facts': props => <FactsPanel {...props} panel="node-facts" nothing="nothing is known of it yet" />,
  'service-facts': props => <FactsPanel {...props} panel="service-facts" nothing="nothing is known of it yet" />,
  'spec-diff': props => <FactsPanel {...props} panel="spec-diff" nothing="nothing has changed" />,
  progress: props => <FactsPanel {...props} panel="progress" nothing="no update, rollback or job is under way" />,
  'swarm-facts': SwarmPanel,
  logs: LogsPanel,
  inspect: InspectPanel,
  trends: TrendsPanel,
  doctor: DoctorPanel,
  rebalance: RebalancePanel,
  'rebalance-facts': props => <FactsPanel {...props} panel="rebalance-facts" nothing="there is no service" />,
  maintenance: MaintenancePanel,
  operations: OperationsPanel,
}
