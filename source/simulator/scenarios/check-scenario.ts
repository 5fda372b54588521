import { counted } from '../../rules/counted.ts'
import { type Complaint, sayUnknown, sayUnknownKey } from '../../yaml/complaint.ts'
import { quote } from '../../yaml/leaf.ts'
import type { YamlPath } from '../../yaml/read-yaml.ts'
import { convertServiceSpec } from '../control-api/service-spec.ts'
import { checkServiceSpec } from '../control-api/validate-service.ts'
import { WELL_BEHAVED } from '../world/image.ts'
import { BEHAVIOUR_FIELDS, findField } from '../world/image-field.ts'
import { checkTimeline } from './check-timeline.ts'
import { everyService } from './every-service.ts'
import { expandMachines } from './expand-machines.ts'
import type { ScenarioText } from './schema/scenario-schema.ts'
import type { ServiceText } from './schema/service-schema.ts'
import { toServiceSpec } from './to-service-spec.ts'

const LONGEST_HISTORY_MS = 31 * 24 * 3_600_000
const MOST_MACHINES = 5_000
/** Words of the timeline, and the socket beside those of the machines. */
const RESERVED = ['leader', 'all', 'control']

/** What is wrong with a file whose every part is right by itself. */
export function checkScenario(text: ScenarioText): readonly Complaint[] {
  const crowd = checkNumber(text)
  if (crowd.length > 0) return crowd
  return [
    ...checkHistory(text),
    ...checkMachines(text),
    ...checkImages(text),
    ...everyService(text).flatMap(({ path, name, service }) => [
      ...checkService(path, name, service),
      ...checkReferences(path, service, text),
    ]),
    ...checkPorts(text),
    ...checkTimeline(text),
  ]
}

/** Asked before the machines are numbered one by one. */
function checkNumber({ machines }: ScenarioText): readonly Complaint[] {
  const number = machines.reduce((sum, { count = 1 }) => sum + count, 0)
  if (number <= MOST_MACHINES) return []
  const text = `machines has ${counted(number, 'machine')}: there can be ${MOST_MACHINES}`
  return [{ path: ['machines'], text }]
}

function checkHistory({ history }: ScenarioText): readonly Complaint[] {
  if (history <= LONGEST_HISTORY_MS) return []
  return [{ path: ['history'], text: 'history should be at most 744h, since all of it is lived through' }]
}

function checkMachines({ machines, services }: ScenarioText): readonly Complaint[] {
  const complaints: Complaint[] = []
  const names = new Set<string>()
  const addresses = new Set<string>()
  for (const { name, address, index } of expandMachines(machines)) {
    const complain = (key: string, text: string) => complaints.push({ path: ['machines', index, key], text })
    if (RESERVED.includes(name)) complain('name', `No machine can be called ${name}: the word has another meaning here`)
    if (names.has(name)) complain('name', `Two machines are called ${name}: give one of them another name`)
    names.add(name)
    if (addresses.has(address)) complain('address', `Two machines have ${address}: give one another address`)
    addresses.add(address)
  }
  const hasManager = machines.some(({ role }) => role === 'manager')
  const needsManager = machines.some(({ role }) => role === 'worker') || Object.keys(services).length > 0
  if (needsManager && !hasManager) {
    complaints.push({
      path: ['machines'],
      text: 'A swarm needs a manager: give a machine role: manager, or all role: none',
    })
  }
  return complaints
}

function checkImages({ images }: ScenarioText): readonly Complaint[] {
  return Object.entries(images).flatMap(([image, fields]) =>
    Object.entries(fields).flatMap(([name, lines]) => {
      const path = ['images', image, name]
      const field = findField(name)
      if (field === undefined) {
        return [{ path, text: sayUnknownKey(['images', image], name, Object.keys(BEHAVIOUR_FIELDS)) }]
      }
      const text = lines.join('\n')
      if (field.read(WELL_BEHAVED, text) !== null) return []
      return [{ path, text: `images.${image}.${name} should be ${field.wanted}, not ${quote(text)}` }]
    }),
  )
}

/** As the managers would say, who are asked to create it. */
function checkService(path: YamlPath, name: string, service: ServiceText): readonly Complaint[] {
  const complaints: Complaint[] = []
  if (service.mode !== 'replicated-job' && service['max-concurrent'] !== undefined) {
    complaints.push({ path: [...path, 'max-concurrent'], text: 'max-concurrent goes with mode: replicated-job' })
  }
  const spec = convertServiceSpec(toServiceSpec(name, service))
  const answer = spec.ok ? checkServiceSpec(spec.value) : spec
  if (!answer.ok) {
    const reason = answer.refusal.message.replace(/^rpc error: code = \w+ desc = /, '')
    complaints.push({ path, text: `Swarm would refuse service ${name}: ${reason}` })
  }
  return complaints
}

function checkPorts({ services }: ScenarioText): readonly Complaint[] {
  const holders = new Map<string, string>()
  return Object.entries(services).flatMap(([name, { ports }]) =>
    ports.flatMap(({ PublishedPort: number, Protocol: protocol }) => {
      const holder = holders.get(`${number}/${protocol}`)
      holders.set(`${number}/${protocol}`, name)
      if (holder === undefined) return []
      const text = `Port ${number} is published by ${holder} already: publish another one`
      return [{ path: ['services', name, 'ports'], text }]
    }),
  )
}

/** What a service uses has to be listed. */
function checkReferences(path: YamlPath, service: ServiceText, text: ScenarioText): readonly Complaint[] {
  return (['networks', 'secrets', 'configs'] as const).flatMap(key =>
    service[key].flatMap((used, index) => {
      if (text[key].includes(used)) return []
      return [{ path: [...path, key, index], text: sayUnknown(key.slice(0, -1), used, text[key]) }]
    }),
  )
}
