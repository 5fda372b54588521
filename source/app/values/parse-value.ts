import type { LabelChange, Operation } from '../../operations/operation.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { isImageReference } from '../../rules/image-reference.ts'
import { repositoryOf } from '../../rules/image-repository.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { parseLabelChange } from './parse-labels.ts'
import type { ValueRequest } from './value-request.ts'

/** What a typed value makes of a request; or what is wrong with it, in one sentence. */
export type ParsedValue =
  | { readonly ok: true; readonly operations: readonly Operation[] }
  | { readonly ok: false; readonly complaint: string }

export function parseValue(request: ValueRequest, text: string, cluster: Cluster): ParsedValue {
  const { kind, targets } = request
  switch (kind) {
    case 'scale':
      return withNumber(text, 'replicas', replicas =>
        targets.map(({ id, name }) => ({ kind, serviceId: id, name, replicas })),
      )
    case 'set-history-limit':
      return withNumber(text, 'ended tasks', limit => targets.map(({ name }) => ({ kind, name, limit })))
    case 'change-image':
      return withImage(request, text, cluster)
    case 'label-node':
      return withLabels(text, change => targets.map(({ id, name }) => ({ kind, nodeId: id, name, ...change })))
    case 'label-service':
      return withLabels(text, change => targets.map(({ id, name }) => ({ kind, serviceId: id, name, ...change })))
    default:
      return assertNever(kind)
  }
}

function withNumber(text: string, of: string, make: (value: number) => readonly Operation[]): ParsedValue {
  const typed = text.trim()
  if (typed === '') return complain(`How many ${of}? A whole number, 0 or more`)
  const value = /^\d+$/.test(typed) ? Number(typed) : Number.NaN
  if (!(value <= MOST)) return complain(`"${typed}" is no number of ${of}: a whole number from 0 to ${MOST} is`)
  return { ok: true, operations: make(value) }
}

/** More than any swarm runs; a slip of the finger must not ask for a million tasks. */
const MOST = 100_000

/** `:1.9` alone means another tag of the image that is there. */
function withImage({ targets }: ValueRequest, text: string, { serviceById }: Cluster): ParsedValue {
  const typed = text.trim()
  if (typed === '') return complain('Which image? Its name and tag, as in nginx:1.27')
  const operations = targets.map(({ id, name }): Operation & { readonly kind: 'change-image' } => ({
    kind: 'change-image',
    serviceId: id,
    name,
    image: withTag(typed.startsWith(':') ? repositoryOf(serviceById.get(id)?.service.image ?? '') + typed : typed),
  }))
  const wrong = operations.find(({ image }) => !isImageReference(image))
  if (wrong === undefined) return { ok: true, operations }
  return complain(`"${wrong.image}" is no image: it is written as nginx:1.27 or registry:5000/team/api:1.9`)
}

/** Without a tag the latest is meant, and the CLI says so too. Source: docker/cli, moby client/service_create.go (imageWithTagString) */
const withTag = (image: string): string => (/[@]|:[^/]*$/.test(image) ? image : `${image}:latest`)

function withLabels(text: string, make: (change: LabelChange) => readonly Operation[]): ParsedValue {
  const change = parseLabelChange(text)
  return typeof change === 'string' ? complain(change) : { ok: true, operations: make(change) }
}

const complain = (complaint: string): ParsedValue => ({ ok: false, complaint })
