import type { ApiServiceSpec } from '../../api/service.ts'
import {
  bytes,
  duration,
  flag,
  float,
  int64,
  labels,
  list,
  pointer,
  type Shape,
  struct,
  text,
  texts,
  uint32,
  uint64,
} from './shape.ts'

/* Source: moby/moby api/types/swarm/{service,task,container,network}.go, api/types/mount/mount.go */

export const driverShape = struct('swarm.Driver', { Name: text, Options: labels })

const genericResources = list(
  'swarm.GenericResource',
  struct('swarm.GenericResource', {
    NamedResourceSpec: struct('swarm.NamedGenericResource', { Kind: text, Value: text }),
    DiscreteResourceSpec: struct('swarm.DiscreteGenericResource', { Kind: text, Value: int64 }),
  }),
)

const resources = struct('swarm.ResourceRequirements', {
  Limits: struct('swarm.Limit', { NanoCPUs: int64, MemoryBytes: int64, Pids: int64 }),
  Reservations: struct('swarm.Resources', { NanoCPUs: int64, MemoryBytes: int64, GenericResources: genericResources }),
})

const fileTarget = struct('swarm.ReferenceFileTarget', { Name: text, UID: text, GID: text, Mode: uint32 })

const mount = struct('mount.Mount', {
  Type: text,
  Source: text,
  Target: text,
  ReadOnly: flag,
  BindOptions: struct('mount.BindOptions', { Propagation: text, NonRecursive: flag, CreateMountpoint: flag }),
  VolumeOptions: struct('mount.VolumeOptions', {
    NoCopy: flag,
    Labels: labels,
    Subpath: text,
    DriverConfig: struct('mount.Driver', { Name: text, Options: labels }),
  }),
  TmpfsOptions: struct('mount.TmpfsOptions', { SizeBytes: int64, Mode: uint32, Options: list('[]string', texts) }),
})

const privileges = struct('swarm.Privileges', {
  CredentialSpec: struct('swarm.CredentialSpec', { Config: text, File: text, Registry: text }),
  SELinuxContext: struct('swarm.SELinuxContext', { Disable: flag, User: text, Role: text, Type: text, Level: text }),
  Seccomp: struct('swarm.SeccompOpts', { Mode: text, Profile: bytes }),
  AppArmor: struct('swarm.AppArmorOpts', { Mode: text }),
  NoNewPrivileges: flag,
})

const healthcheck = struct('container.HealthConfig', {
  Test: texts,
  Interval: duration,
  Timeout: duration,
  StartPeriod: duration,
  StartInterval: duration,
  Retries: int64,
})

const containerSpec = struct('swarm.ContainerSpec', {
  Image: text,
  Labels: labels,
  Command: texts,
  Args: texts,
  Hostname: text,
  Env: texts,
  Dir: text,
  User: text,
  Groups: texts,
  Privileges: privileges,
  Init: pointer(flag),
  StopSignal: text,
  TTY: flag,
  OpenStdin: flag,
  ReadOnly: flag,
  Mounts: list('mount.Mount', mount),
  StopGracePeriod: pointer(duration),
  Healthcheck: healthcheck,
  Hosts: texts,
  DNSConfig: struct('swarm.DNSConfig', { Nameservers: texts, Search: texts, Options: texts }),
  Secrets: list(
    '*swarm.SecretReference',
    struct('swarm.SecretReference', { File: fileTarget, SecretID: text, SecretName: text }),
  ),
  Configs: list(
    '*swarm.ConfigReference',
    struct('swarm.ConfigReference', {
      File: fileTarget,
      Runtime: struct('swarm.ConfigReferenceRuntimeTarget', {}),
      ConfigID: text,
      ConfigName: text,
    }),
  ),
  Isolation: text,
  Sysctls: labels,
  CapabilityAdd: texts,
  CapabilityDrop: texts,
  Ulimits: list('*container.Ulimit', struct('container.Ulimit', { Name: text, Hard: int64, Soft: int64 })),
  OomScoreAdj: int64,
})

const networks = list(
  'swarm.NetworkAttachmentConfig',
  struct('swarm.NetworkAttachmentConfig', { Target: text, Aliases: texts, DriverOpts: labels }),
)

const placement = struct('swarm.Placement', {
  Constraints: texts,
  Preferences: list(
    'swarm.PlacementPreference',
    struct('swarm.PlacementPreference', { Spread: struct('swarm.SpreadOver', { SpreadDescriptor: text }) }),
  ),
  MaxReplicas: uint64,
  Platforms: list('swarm.Platform', struct('swarm.Platform', { Architecture: text, OS: text })),
})

const taskTemplate = struct('swarm.TaskSpec', {
  ContainerSpec: containerSpec,
  PluginSpec: struct('runtime.PluginSpec', { Name: text, Remote: text, Disabled: flag }),
  Resources: resources,
  RestartPolicy: struct('swarm.RestartPolicy', {
    Condition: text,
    Delay: pointer(duration),
    MaxAttempts: pointer(uint64),
    Window: pointer(duration),
  }),
  Placement: placement,
  Networks: networks,
  LogDriver: driverShape,
  ForceUpdate: uint64,
  Runtime: text,
})

const updateConfig = struct('swarm.UpdateConfig', {
  Parallelism: uint64,
  Delay: duration,
  FailureAction: text,
  Monitor: duration,
  MaxFailureRatio: float,
  Order: text,
})

const serviceSpec = struct('swarm.ServiceSpec', {
  Name: text,
  Labels: labels,
  TaskTemplate: taskTemplate,
  Mode: struct('swarm.ServiceMode', {
    Replicated: struct('swarm.ReplicatedService', { Replicas: pointer(uint64) }),
    Global: struct('swarm.GlobalService', {}),
    ReplicatedJob: struct('swarm.ReplicatedJob', {
      MaxConcurrent: pointer(uint64),
      TotalCompletions: pointer(uint64),
    }),
    GlobalJob: struct('swarm.GlobalJob', {}),
  }),
  UpdateConfig: updateConfig,
  RollbackConfig: updateConfig,
  Networks: networks,
  EndpointSpec: struct('swarm.EndpointSpec', {
    Mode: text,
    Ports: list(
      'swarm.PortConfig',
      struct('swarm.PortConfig', {
        Name: text,
        Protocol: text,
        TargetPort: uint32,
        PublishedPort: uint32,
        PublishMode: text,
      }),
    ),
  }),
})

/** What a client sends for a service. Networks of the service itself, as old clients send them, are the task's. */
export const serviceSpecShape: Shape<ApiServiceSpec> = (value, reading, path) => {
  const read = serviceSpec(value, reading, path)
  if (read === undefined) return undefined
  const { Networks, ...spec } = read
  if (Networks === undefined || spec.TaskTemplate?.Networks !== undefined) return spec
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, Networks } }
}
