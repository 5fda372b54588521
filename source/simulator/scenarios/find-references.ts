import type { ApiServiceSpec } from '../../api/service.ts'
import type { Secret } from '../world/network.ts'
import type { Swarm } from '../world/swarm.ts'

/** Puts in the IDs of the secrets and configs that a spec names, as the docker CLI does. */
export function findReferences(swarm: Swarm, spec: ApiServiceSpec): ApiServiceSpec {
  const { Secrets, Configs, ...container } = (spec.TaskTemplate?.ContainerSpec ?? {}) as Named
  if (Secrets === undefined && Configs === undefined) return spec
  return {
    ...spec,
    TaskTemplate: {
      ...spec.TaskTemplate,
      ContainerSpec: {
        ...container,
        ...(Secrets && { Secrets: Secrets.map(one => ({ ...one, SecretID: idOf(swarm.secrets, one.SecretName) })) }),
        ...(Configs && { Configs: Configs.map(one => ({ ...one, ConfigID: idOf(swarm.configs, one.ConfigName) })) }),
      },
    },
  }
}

type Named = {
  readonly Secrets?: readonly { readonly SecretName?: string }[]
  readonly Configs?: readonly { readonly ConfigName?: string }[]
}

function idOf(objects: Readonly<Record<string, Secret>>, name: string | undefined): string {
  return Object.values(objects).find(object => object.name === name)?.id ?? ''
}
