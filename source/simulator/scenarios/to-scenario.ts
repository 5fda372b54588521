import { expandMachines, type NamedMachine } from './expand-machines.ts'
import type { Scenario, ScenarioAction, ScenarioMachine, ScenarioStep } from './scenario.ts'
import type { ScenarioText } from './schema/scenario-schema.ts'
import { toImages } from './to-images.ts'
import { toServiceSpec } from './to-service-spec.ts'
import { setLoad, toSteps } from './to-steps.ts'

/** What a checked file means. `file`: its name, for one that does not name itself. */
export function toScenario(text: ScenarioText, file: string): Scenario {
  const services = Object.entries(text.services)
  return {
    name: text.name ?? file,
    historyMs: text.history,
    machines: expandMachines(text.machines).map(toMachine),
    images: toImages(text.images),
    services: services.map(([name, service]) => toServiceSpec(name, service)),
    script: [...stepsAtFirst(text), ...text.timeline.flatMap(toSteps)],
  }
}

function toMachine({ name, address, entry }: NamedMachine): ScenarioMachine {
  return {
    name,
    address,
    role: entry.role === 'none' ? null : entry.role,
    availability: entry.availability,
    nanoCpus: entry.cpus,
    memoryBytes: entry.memory,
    os: entry.os,
    architecture: entry.arch,
    labels: entry.labels,
    engineLabels: entry['engine-labels'],
  }
}

/** Networks, secrets and configs before the services, which use them. */
function stepsAtFirst({ history, networks, secrets, configs, services }: ScenarioText): readonly ScenarioStep[] {
  const actions: readonly ScenarioAction[] = [
    ...networks.map(name => ({ kind: 'create-network', name }) as const),
    ...secrets.map(name => ({ kind: 'create-secret', name }) as const),
    ...configs.map(name => ({ kind: 'create-config', name }) as const),
    ...Object.entries(services).flatMap(([name, { load }]) => setLoad(name, load)),
  ]
  return actions.map(action => ({ at: 0 - history, every: null, action }))
}
