/**
 * What a daemon refuses, in its own words, and behind them what helps where that is known.
 * Sources: moby/swarmkit manager/controlapi/{node,service,network,secret}.go, manager/state/raft/raft.go, manager/state/store/memory.go,
 * moby/moby daemon/cluster/services.go
 */
export function explainRefusal(text: string): string {
  const known = HELP.find(({ says }) => says.test(text))
  return known === undefined ? text : `${text}; ${known.helps}`
}

const HELP: readonly { readonly says: RegExp; readonly helps: string }[] = [
  { says: /update out of sequence$/, helps: 'somebody else changed it at the same time: look at it and ask again' },
  { says: /is not down and can't be removed$/, helps: 'run docker swarm leave on it first, or force it out' },
  { says: /must be demoted to worker before removal$/, helps: 'demote it, and wait until it is no manager any more' },
  { says: /attempting to demote the last manager of the swarm$/, helps: 'promote another node first' },
  {
    says: /would result in a loss of quorum$/,
    helps: 'bring back a manager that cannot be reached, or demote that one',
  },
  { says: /does not have a previous spec$/, helps: 'it was never changed, or has been rolled back by itself' },
  { says: /is already in use by service .* port$/, helps: 'one of the two has to publish another port' },
  { says: /network \S+ is in use by (?:service|task) \S+$/, helps: 'what uses it has to go first' },
  {
    says: /(?:secret|config) '.*' is in use by the following services?: /,
    helps: 'what uses it is not of this stack, and has to go first',
  },
  { says: /^(?:secret|config|network) \S+ not found$/, helps: 'the settings need it: create it again' },
  { says: /^(?:node|service) \S+ not found$/, helps: 'it has been removed by now' },
  { says: /is not a valid repository\/tag/, helps: 'an image is written as name:tag' },
  { says: /service mode change is not allowed$/, helps: 'it has to be removed and created anew for that' },
]
