import { compareNaturally } from '../../rules/natural-order.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { readSecretList } from '../../swarm/read-secret.ts'
import type { Secret } from '../../swarm/secret.ts'
import { stackIn } from '../../swarm/stack.ts'
import { resourceRows } from './resource-rows.ts'
import { labelField, type RowSource } from './row-source.ts'
import { usersOfSecret } from './used-by.ts'

/** A secret or a config, and the services whose tasks get it. */
export type SecretRow = { readonly secret: Secret; readonly usedBy: readonly string[] }

/** The secrets of the swarm, by name. */
export const SECRET_ROWS: RowSource<SecretRow> = secretRows('secrets', usersOfSecret)

/** What secrets and configs have in common is all that a list says of them. */
export function secretRows(
  kind: 'secrets' | 'configs',
  usersOf: (id: string, cluster: Cluster) => readonly string[],
): RowSource<SecretRow> {
  return {
    all: resourceRows({ kind }, (answer, cluster) =>
      readSecretList(answer)
        .map(secret => ({ secret, usedBy: usersOf(secret.id, cluster) }))
        .toSorted((one, other) => compareNaturally(one.secret.name, other.secret.name)),
    ),
    idOf: ({ secret }) => secret.id,
    fieldsOf: ({ secret, usedBy }) => ({
      name: secret.name,
      id: secret.id,
      driver: secret.driver,
      stack: stackIn(secret.labels),
      used: usedBy.join(' '),
      label: labelField(secret.labels),
    }),
    columns: [
      { name: 'name', by: ({ secret }) => secret.name },
      { name: 'created', by: ({ secret }) => -secret.createdAt },
      { name: 'updated', by: ({ secret }) => -secret.updatedAt },
      { name: 'driver', by: ({ secret }) => secret.driver },
      { name: 'used', by: ({ usedBy }) => usedBy.length },
      { name: 'id', by: ({ secret }) => secret.id },
      { name: 'labels', by: ({ secret }) => labelField(secret.labels) },
    ],
  }
}
