import { LIST_SCREENS, PANELS, type Panel, type Screen } from '../../source/app/screen.ts'
import { nodeIdOf, serviceIdOf } from './api-builders.ts'

/** One screen of every kind, about what the readings of tests have in them. */
export const EVERY_SCREEN: readonly Screen[] = [
  ...LIST_SCREENS.map(kind => ({ kind })),
  { kind: 'node', nodeId: nodeIdOf('m1') },
  { kind: 'service', serviceId: serviceIdOf('api') },
  { kind: 'slot', serviceId: serviceIdOf('api'), slot: '1' },
  { kind: 'lanes', serviceId: serviceIdOf('api') },
  { kind: 'stack', stack: '' },
  { kind: 'logs', subject: { kind: 'service', serviceId: serviceIdOf('api') } },
  { kind: 'inspect', object: { kind: 'swarm', id: '' } },
]

/** Every screen with every panel that can have the focus there. */
export const everyPlace = (
  screens: readonly Screen[] = EVERY_SCREEN,
): readonly { readonly screen: Screen; readonly focus: Panel }[] =>
  screens.flatMap(screen => PANELS[screen.kind].map(focus => ({ screen, focus })))
