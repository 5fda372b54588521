import type { ApiTask } from '../api/task.ts'
import type { Parts } from '../simulator/control-api/convert-container.ts'
import type { Network, Secret } from '../simulator/world/network.ts'
import type { Service } from '../simulator/world/service.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import type { ClusterVolume } from '../simulator/world/volume.ts'
import { listIn, objectIn, textIn } from '../swarm/read-field.ts'
import { newRecord } from './records.ts'

type References = Pick<Swarm, 'networks' | 'secrets' | 'configs' | 'volumes'>

/**
 * What services refer to, which no reading has: it is there, since they run with it. Networks have addresses for all, and
 * volumes that the swarm manages can be had everywhere.
 */
export function copyReferences(services: Readonly<Record<string, Service>>, tasks: readonly ApiTask[]): References {
  const drivers = driversOf(tasks)
  const found: References = { networks: newRecord(), secrets: newRecord(), configs: newRecord(), volumes: newRecord() }
  for (const { spec, previous } of Object.values(services)) {
    for (const { TaskTemplate } of previous === null ? [spec] : [spec, previous.spec]) {
      const { Secrets, Configs, Mounts } = (TaskTemplate?.ContainerSpec ?? {}) as Parts
      for (const { Target = '' } of TaskTemplate?.Networks ?? []) {
        found.networks[Target] = newNetwork(Target, drivers.get(Target) ?? '')
      }
      for (const { SecretID = '', SecretName = '' } of Secrets ?? [])
        found.secrets[SecretID] = newSecret(SecretID, SecretName)
      for (const { ConfigID = '', ConfigName = '' } of Configs ?? [])
        found.configs[ConfigID] = newSecret(ConfigID, ConfigName)
      for (const { Type, Source = '' } of Mounts ?? []) {
        if (Type === 'cluster') found.volumes[Source] = newVolume(Source)
      }
    }
  }
  return found
}

/** Tasks tell of the networks that they are in; a driver that is not known asks for no plugin. */
function driversOf(tasks: readonly ApiTask[]): ReadonlyMap<string, string> {
  const drivers = new Map<string, string>()
  for (const task of tasks as readonly WireTask[]) {
    for (const attachment of listIn(objectIn(task).NetworksAttachments)) {
      const { ID, Spec, DriverState } = objectIn(objectIn(attachment).Network)
      const driver = textIn(objectIn(objectIn(Spec).DriverConfiguration).Name) || textIn(objectIn(DriverState).Name)
      if (driver !== '') drivers.set(textIn(ID), driver)
    }
  }
  return drivers
}

type WireTask = {
  readonly NetworksAttachments?: readonly {
    readonly Network?: {
      readonly ID?: string
      readonly Spec?: { readonly DriverConfiguration?: { readonly Name?: string } }
      readonly DriverState?: { readonly Name?: string }
    }
  }[]
}

const BORN = { version: 1, createdAt: 0, updatedAt: 0 }

/** Without addresses to give, so that it never runs out of them. */
function newNetwork(id: string, driver: string): Network {
  return {
    ...BORN,
    id,
    name: id,
    labels: {},
    driver,
    driverOptions: {},
    ipam: null,
    isIngress: false,
    isInternal: false,
    isAttachable: false,
    isIpv6: false,
    isPredefined: true,
    state: null,
  }
}

function newSecret(id: string, name: string): Secret {
  return { ...BORN, id, name, labels: {}, data: '', driver: null, templating: null }
}

function newVolume(source: string): ClusterVolume {
  const group = source.startsWith('group:') ? source.slice('group:'.length) : ''
  return {
    ...BORN,
    id: source,
    name: group === '' ? source : '',
    group,
    driver: '',
    labels: {},
    availability: 'active',
    scope: 'multi',
    sharing: 'all',
  }
}
