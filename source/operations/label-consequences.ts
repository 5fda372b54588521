import { parseConstraints } from '../rules/constraints.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { maskSetting } from '../swarm/masking.ts'
import { info } from './consequence.ts'
import type { Consequence, LabelChange, OperationOf } from './operation.ts'
import { named } from './phrases.ts'

/** Which services read them is told here; what that moves is the plan's. */
export function nodeLabelConsequences(
  operation: OperationOf<'label-node'>,
  { node }: ClusterNode,
  cluster: Cluster,
): readonly Consequence[] {
  const changed = [...Object.keys(operation.set), ...operation.unset]
  const readers = cluster.services.filter(entry => changed.some(name => readsLabel(entry, `node.labels.${name}`)))
  return [
    ...explainChanges(operation, node.labels),
    ...(readers.length === 0
      ? []
      : [info(`where they may run depends on it: ${named(readers.map(({ service }) => service.name))}`)]),
  ]
}

export function serviceLabelConsequences(
  operation: OperationOf<'label-service'>,
  { service }: ClusterService,
): readonly Consequence[] {
  return [...explainChanges(operation, service.labels), info('no task is renewed: these are the labels of the service')]
}

function explainChanges({ set, unset }: LabelChange, labels: Readonly<Record<string, string>>): readonly Consequence[] {
  const present = (name: string) => (Object.hasOwn(labels, name) ? say(name, labels[name] ?? '') : 'no label')
  return [
    ...Object.entries(set).map(([name, value]) => info(`${name}: from ${present(name)} to ${say(name, value)}`)),
    ...unset.map(name => info(`${name}: from ${present(name)} to no label`)),
  ]
}

const say = (name: string, value: string): string => (value === '' ? 'an empty one' : maskSetting(name, value))

function readsLabel({ service }: ClusterService, key: string): boolean {
  const parsed = parseConstraints(service.constraints)
  const isConstrained = parsed.ok && parsed.constraints.some(constraint => constraint.key === key)
  return isConstrained || service.settings.spreads.includes(key)
}
