import { counted } from '../../rules/counted.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import { diffSpecs, type SettingChange } from '../../swarm/diff-specs.ts'
import { explainProblem } from '../../swarm/explain-problem.ts'
import { MASK } from '../../swarm/masking.ts'
import { objectIn } from '../../swarm/read-field.ts'
import { readNetworkList } from '../../swarm/read-network.ts'
import { findResource, type Resource } from '../resources.ts'
import { keepLastBy } from '../rows/keep-by.ts'
import { shownService } from '../shown-service.ts'
import type { State } from '../state.ts'
import { type Fact, heading, piece } from './fact.ts'

/** The page about what the last change changed in a service's spec. */
export function specDiff(state: State): readonly Fact[] {
  const service = shownService(state)
  if (service === null) return []
  const object = { kind: 'service', id: service.service.id } as const
  return factsOf(service, findResource(state, { kind: 'object', object }), findResource(state, { kind: 'networks' }))
}

const factsOf = keepLastBy(
  (entry: ClusterService, resource: Resource | null, networks: Resource | null): readonly Fact[] => {
    if (resource === null || resource.readAt === null) return [unreadFact(resource)]
    const { Spec, PreviousSpec } = objectIn(
      resource.value as { readonly Spec: unknown; readonly PreviousSpec: unknown },
    )
    if (typeof PreviousSpec !== 'object' || PreviousSpec === null) return neverChanged(entry)
    const names = new Map(readNetworkList(networks?.value).map(({ id, name }) => [id, name]))
    const settings = diffSpecs(PreviousSpec, Spec).map(setting => nameNetwork(setting, names))
    const changed = settings.filter(isChanged).length
    return [
      heading(
        changed === 0 ? 'The spec and the one before it say the same' : `${counted(changed, 'setting')} changed`,
        piece(isRolledBack(entry) ? '  from what was rolled back to what it was before' : '', 'quiet'),
      ),
      ...linesOf(settings),
    ]
  },
)

function unreadFact(resource: Resource | null): Fact {
  const problem = resource?.problem ?? null
  if (problem === null) return { id: 'unread', label: '', pieces: [piece('the specs are being read', 'quiet')] }
  return { id: 'unread', label: '', pieces: [piece(`could not be read: ${explainProblem(problem)}`, 'warning')] }
}

/** An automatic rollback leaves no spec before: it went back to that. */
function neverChanged(entry: ClusterService): readonly Fact[] {
  const text = isRolledBack(entry)
    ? 'Swarm keeps no spec before this one: it was rolled back to it'
    : 'never changed since it was created'
  return [{ id: 'never', label: '', pieces: [piece(text, 'quiet')] }]
}

const isRolledBack = ({ service }: ClusterService): boolean => service.update?.state.startsWith('rollback') ?? false

const isChanged = ({ before, after }: SettingChange): boolean => before !== after

/** The path of a network has its ID, which nobody knows by heart. */
function nameNetwork(setting: SettingChange, names: ReadonlyMap<string, string>): SettingChange {
  const [kind, id = '', ...rest] = setting.path.split(' ')
  const name = kind === 'network' ? names.get(id) : undefined
  return name === undefined ? setting : { ...setting, path: [kind, name, ...rest].join(' ') }
}

/** What is the same is only counted, where it stands. */
function linesOf(settings: readonly SettingChange[]): readonly Fact[] {
  const lines: Fact[] = []
  let same = 0
  for (const setting of settings) {
    if (!isChanged(setting)) same++
    else {
      if (same > 0) lines.push(sameLine(same, setting.path))
      same = 0
      lines.push(...changeLines(setting))
    }
  }
  return same > 0 ? [...lines, sameLine(same, '')] : lines
}

const sameLine = (count: number, before: string): Fact => ({
  id: `same before ${before}`,
  label: '',
  pieces: [piece(`  ${counted(count, 'setting')} unchanged`, 'quiet')],
})

function changeLines({ path, before, after, isSecret }: SettingChange): readonly Fact[] {
  if (isSecret && before !== null && after !== null) {
    return [{ id: `~ ${path}`, label: '', pieces: [piece(`~ ${path}=${MASK} → ${MASK}`, 'warning')] }]
  }
  const say = (value: string) => (isSecret ? `=${MASK}` : value === '' ? '' : `: ${value}`)
  return [
    ...(before === null
      ? []
      : [{ id: `- ${path}`, label: '', pieces: [piece(`- ${path}${say(before)}`, 'danger')], copies: path }]),
    ...(after === null
      ? []
      : [{ id: `+ ${path}`, label: '', pieces: [piece(`+ ${path}${say(after)}`, 'good')], copies: path }]),
  ]
}
