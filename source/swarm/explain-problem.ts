import { assertNever } from '../rules/assert-never.ts'
import type { Problem } from './problem.ts'

/**
 * One sentence for a person, without a full stop: what is wrong, where, and what to do about it. It contains texts from
 * the outside, which the view makes harmless.
 */
export function explainProblem(problem: Problem): string {
  switch (problem.kind) {
    case 'no-socket':
      return `There is no socket at ${problem.path}; start the engine there, or say where it is with --host or --context`
    case 'permission-denied':
      return `You may not open ${problem.path}; ${permissionMend(problem.group)}`
    case 'refused':
      return `No engine listens at ${problem.address}: the connection was refused; start it, or name another with --host`
    case 'unreachable':
      return `${problem.address} cannot be reached (${problem.detail}); check the address, the network and the firewall`
    case 'host-not-found':
      return `The host ${problem.host} is not known to the name service; check its spelling, or give its IP address`
    case 'tls':
      return explainTls(problem)
    case 'ssh':
      return explainSsh(problem)
    case 'not-a-swarm':
      return `${engineOf(problem)} is in no swarm; start one there with docker swarm init, or name a manager with --host`
    case 'worker':
      return `${engineOf(problem)} is a worker; ask a manager${oneOf(problem.managers)}`
    case 'locked':
      return `The swarm on ${engineIn(problem)} is locked; unlock it there with docker swarm unlock`
    case 'not-ready':
      return `${engineOf(problem)} is not ready to answer for the swarm${inBrackets(problem.detail)}; ask again shortly, or ask another manager`
    case 'api-too-old':
      return `The engine speaks API ${problem.found}, and ${problem.needed} or newer is needed; update the engine`
    case 'no-leader':
      return explainNoLeader(problem)
    case 'other-swarm':
      return `${problem.address} belongs to another swarm than the one looked at so far; leave it out of the hosts`
    case 'bad-answer':
      return `The answer to ${problem.path} is not a Docker engine's: ${problem.detail}; check what listens there`
    case 'closed':
      return `The connection ended during ${problem.path} (${problem.detail}); see whether the engine is still running`
    case 'http':
      return `The engine answered ${problem.status}: ${sentence(problem.message || 'without a word')}; its log may say more`
    case 'configuration':
      return problem.text
    default:
      return assertNever(problem)
  }
}

type ProblemOf<Kind extends Problem['kind']> = Extract<Problem, { readonly kind: Kind }>

function permissionMend(group: string): string {
  return group === '' || group === 'root'
    ? 'only its owner may: use sudo, or ask for access'
    : `its group is "${group}": join it with sudo usermod -aG ${group} $USER and log in again`
}

function explainTls({ side, address, detail }: ProblemOf<'tls'>): string {
  switch (side) {
    case 'we-refused':
      return `The certificate of ${address} is not to be trusted (${detail}); give the CA that signed it as ca.pem`
    case 'they-refused':
      return `${address} did not accept our certificate (${detail}); give one that its CA signed, as cert.pem and key.pem`
    case 'not-tls':
      return `${address} does not speak TLS; unset DOCKER_TLS_VERIFY and DOCKER_TLS, or use its TLS port, often 2376`
    case 'tls-wanted':
      return `${address} speaks TLS only; set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a context with certificates`
    default:
      return assertNever(side)
  }
}

/** We keep ssh from asking, so a passphrase or a new host key has to be dealt with elsewhere. */
function explainSsh({ target, stderr, exitCode }: ProblemOf<'ssh'>): string {
  const said = lastLines(stderr)
  if (exitCode === null)
    return `ssh did not run for ${target}${inBrackets(said)}; see that ssh is installed and in the PATH`
  const failure = `ssh to ${target} ended with ${exitCode}${said === '' ? '' : `: ${said}`}`
  if (/permission denied \(/i.test(stderr))
    return `${failure}; no question can be asked here: load the key with ssh-add`
  if (/host key verification failed/i.test(stderr)) return `${failure}; connect once with ssh to accept the host's key`
  if (exitCode === 255) return `${failure}; see that ssh goes there without a question`
  return `${failure}; see that docker runs for that user over there`
}

function explainNoLeader({ how, detail }: ProblemOf<'no-leader'>): string {
  return how === 'quorum'
    ? 'The swarm has no leader, since too few managers are online; bring back more than half of them'
    : `No leader was found in time${inBrackets(detail)}; an election usually takes 10 to 20 s, so ask again`
}

function engineOf({ node }: { readonly node: string }): string {
  return node || 'This engine'
}

function engineIn({ node }: { readonly node: string }): string {
  return node || 'this engine'
}

function oneOf(managers: readonly string[]): string {
  if (managers.length === 0) return ' with --host'
  return managers.length === 1 ? `: ${managers[0]}` : `: one of ${managers.join(', ')}`
}

function inBrackets(detail: string): string {
  return detail === '' ? '' : ` (${sentence(detail)})`
}

/** Fit to stand inside of a sentence: in one line, without the full stop at its end. */
function sentence(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replace(/\.+$/, '')
}

/** ssh may print a banner and warnings first; why it failed comes last. */
function lastLines(text: string): string {
  const lines = text.split(/[\r\n]+/).map(sentence)
  return lines
    .filter(line => line !== '' && !line.startsWith('Warning:'))
    .slice(-2)
    .join('; ')
}
