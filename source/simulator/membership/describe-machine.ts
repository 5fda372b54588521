import { ENGINE_VERSION } from '../engine-api/version.ts'
import type { Machine } from '../world/machine.ts'
import type { NodeDescription } from '../world/node.ts'

/** What an agent tells the managers of the machine that it runs on. */
export function describeMachine(machine: Machine): NodeDescription {
  if (machine.described !== undefined) return machine.described
  return {
    hostname: machine.name,
    os: machine.os,
    architecture: machine.architecture,
    nanoCpus: machine.nanoCpus,
    memoryBytes: machine.memoryBytes,
    engineVersion: ENGINE_VERSION,
    engineLabels: machine.engineLabels,
  }
}

/** What is known of a node whose agent has not said anything yet. */
export const NOT_DESCRIBED: NodeDescription = {
  hostname: '',
  os: '',
  architecture: '',
  nanoCpus: 0,
  memoryBytes: 0,
  engineVersion: '',
  engineLabels: {},
}
