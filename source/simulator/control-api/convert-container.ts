import type { ApiMount, ApiTaskSpec } from '../../api/task.ts'
import { type Answer, granted, refused } from './refusal.ts'

/*
 * A container as the engine hands it to the swarm and gets it back: what can be left out and what cannot.
 * Source: moby/moby daemon/cluster/convert/container.go
 */

type ContainerSpec = NonNullable<ApiTaskSpec['ContainerSpec']>

const MOUNT_TYPES = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image']
const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']

export function convertContainer(spec: ContainerSpec): Answer<ContainerSpec> {
  const problem = findProblem(spec)
  if (problem !== null) return refused(400, problem)
  const { Privileges, Mounts, Secrets, Configs, Isolation, ...rest } = spec as ContainerSpec & Parts
  return granted({
    ...rest,
    ...(Privileges && { Privileges: convertPrivileges(Privileges) }),
    ...(Mounts && { Mounts: Mounts.map(mount => ({ ...mount, Type: (mount.Type ?? 'bind').toLowerCase() })) }),
    ...(Secrets && { Secrets: Secrets.map(({ File, ...secret }) => ({ ...fileOf(File), ...secret })) }),
    ...(Configs && { Configs: Configs.map(({ File, ...config }) => ({ ...fileOf(File), ...config })) }),
    Isolation: Isolation === 'hyperv' || Isolation === 'process' ? Isolation : 'default',
  })
}

/** What a container may be given besides what everybody reads. */
export type Parts = {
  readonly Privileges?: { readonly CredentialSpec?: CredentialSpec | null; readonly SELinuxContext?: object | null }
  readonly Mounts?: readonly (ApiMount & { readonly BindOptions?: { readonly Propagation?: string } })[]
  readonly Secrets?: readonly SecretReference[]
  readonly Configs?: readonly ConfigReference[]
  readonly Isolation?: string
}

export type SecretReference = {
  readonly File?: FileTarget
  readonly SecretID?: string
  readonly SecretName?: string
}

export type ConfigReference = {
  readonly File?: FileTarget
  readonly Runtime?: object
  readonly ConfigID?: string
  readonly ConfigName?: string
}

type FileTarget = { readonly Name?: string; readonly UID?: string; readonly GID?: string; readonly Mode?: number }
type CredentialSpec = { readonly Config?: string; readonly File?: string; readonly Registry?: string }

function findProblem(spec: ContainerSpec): string | null {
  const { Privileges, Mounts = [], Configs = [] } = spec as Parts
  const credentials = Privileges?.CredentialSpec
  if (credentials != null) {
    const given = (['Config', 'File', 'Registry'] as const).filter(kind => (credentials[kind] ?? '') !== '')
    const words = given.map(kind => `"${kind.toLowerCase()}"`)
    if (words.length === 0) {
      return 'invalid CredentialSpec: must either provide "file", "registry", or "config" for credential spec'
    }
    if (words.length > 1) {
      const list = words.length === 2 ? words.join(' and ') : `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`
      return `invalid CredentialSpec: cannot specify both ${list} credential specs`
    }
  }
  for (const { File, Runtime } of Configs) {
    if (File === undefined && Runtime === undefined) return 'invalid Config: either File or Runtime should be set'
    if (File !== undefined && Runtime !== undefined) return 'invalid Config: cannot specify both File and Runtime'
  }
  for (const { Type = '', BindOptions } of Mounts) {
    if (Type !== '' && !MOUNT_TYPES.includes(Type.toLowerCase())) return `invalid MountType: ${JSON.stringify(Type)}`
    const propagation = BindOptions?.Propagation ?? ''
    if (propagation !== '' && !PROPAGATIONS.includes(propagation.toLowerCase())) {
      return `invalid MountPropagation: ${JSON.stringify(propagation)}`
    }
  }
  return null
}

function convertPrivileges({
  CredentialSpec = null,
  SELinuxContext = null,
  ...rest
}: NonNullable<Parts['Privileges']>) {
  const noCredentials = { Config: '', File: '', Registry: '' }
  const noContext = { Disable: false, User: '', Role: '', Type: '', Level: '' }
  return {
    CredentialSpec: CredentialSpec === null ? null : { ...noCredentials, ...CredentialSpec },
    SELinuxContext: SELinuxContext === null ? null : { ...noContext, ...SELinuxContext },
    NoNewPrivileges: false,
    ...rest,
  }
}

function fileOf(file: FileTarget | undefined) {
  return file === undefined ? {} : { File: { Name: '', UID: '', GID: '', Mode: 0, ...file } }
}
