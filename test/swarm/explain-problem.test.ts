import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainProblem } from '../../source/swarm/explain-problem.ts'
import type { Problem } from '../../source/swarm/problem.ts'

const sentences: readonly (readonly [Problem, string])[] = [
  [
    { kind: 'no-socket', path: '/var/run/docker.sock' },
    'There is no socket at /var/run/docker.sock; start the engine there, or say where it is with --host or --context',
  ],
  [
    { kind: 'permission-denied', path: '/var/run/docker.sock', group: 'docker' },
    'You may not open /var/run/docker.sock; its group is "docker": join it with sudo usermod -aG docker $USER and log in again',
  ],
  [
    { kind: 'permission-denied', path: '/x.sock', group: 'root' },
    'You may not open /x.sock; only its owner may: use sudo, or ask for access',
  ],
  [
    { kind: 'permission-denied', path: '/x.sock', group: '' },
    'You may not open /x.sock; only its owner may: use sudo, or ask for access',
  ],
  [
    { kind: 'refused', address: '10.0.0.1:2375' },
    'No engine listens at 10.0.0.1:2375: the connection was refused; start it, or name another with --host',
  ],
  [
    { kind: 'unreachable', address: '10.0.0.1:2375', detail: 'connect EHOSTUNREACH' },
    '10.0.0.1:2375 cannot be reached (connect EHOSTUNREACH); check the address, the network and the firewall',
  ],
  [
    { kind: 'host-not-found', host: 'm1' },
    'The host m1 is not known to the name service; check its spelling, or give its IP address',
  ],
  [
    { kind: 'tls', side: 'we-refused', address: 'm1:2376', detail: 'certificate has expired' },
    'The certificate of m1:2376 is not to be trusted (certificate has expired); give the CA that signed it as ca.pem',
  ],
  [
    { kind: 'tls', side: 'they-refused', address: 'm1:2376', detail: 'alert bad certificate' },
    'm1:2376 did not accept our certificate (alert bad certificate); give one that its CA signed, as cert.pem and key.pem',
  ],
  [
    { kind: 'tls', side: 'not-tls', address: 'm1:2375', detail: '' },
    'm1:2375 does not speak TLS; unset DOCKER_TLS_VERIFY and DOCKER_TLS, or use its TLS port, often 2376',
  ],
  [
    { kind: 'tls', side: 'tls-wanted', address: 'm1:2376', detail: '' },
    'm1:2376 speaks TLS only; set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a context with certificates',
  ],
  [
    { kind: 'ssh', target: 'ops@m1', stderr: 'ops@m1: Permission denied (publickey).\r\n', exitCode: 255 },
    'ssh to ops@m1 ended with 255: ops@m1: Permission denied (publickey); no question can be asked here: load the key with ssh-add',
  ],
  [
    { kind: 'ssh', target: 'm1', stderr: 'Warning: new key.\nHost key verification failed.', exitCode: 255 },
    "ssh to m1 ended with 255: Host key verification failed; connect once with ssh to accept the host's key",
  ],
  [
    { kind: 'ssh', target: 'm1', stderr: 'one\ntwo\nthree\n', exitCode: 255 },
    'ssh to m1 ended with 255: two; three; see that ssh goes there without a question',
  ],
  [
    { kind: 'ssh', target: 'm1', stderr: 'sh: docker: not found', exitCode: 127 },
    'ssh to m1 ended with 127: sh: docker: not found; see that docker runs for that user over there',
  ],
  [
    { kind: 'ssh', target: 'm1', stderr: '', exitCode: 1 },
    'ssh to m1 ended with 1; see that docker runs for that user over there',
  ],
  [
    { kind: 'ssh', target: 'm1', stderr: 'spawn ssh ENOENT', exitCode: null },
    'ssh did not run for m1 (spawn ssh ENOENT); see that ssh is installed and in the PATH',
  ],
  [
    { kind: 'not-a-swarm', node: 'm1' },
    'm1 is in no swarm; start one there with docker swarm init, or name a manager with --host',
  ],
  [
    { kind: 'worker', node: 'w1', managers: ['10.0.0.1', '10.0.0.2'] },
    'w1 is a worker; ask a manager: one of 10.0.0.1, 10.0.0.2',
  ],
  [{ kind: 'worker', node: 'w1', managers: ['10.0.0.1'] }, 'w1 is a worker; ask a manager: 10.0.0.1'],
  [{ kind: 'worker', node: '', managers: [] }, 'This engine is a worker; ask a manager with --host'],
  [{ kind: 'locked', node: 'm1' }, 'The swarm on m1 is locked; unlock it there with docker swarm unlock'],
  [
    { kind: 'not-ready', node: 'm1', detail: 'disk full.' },
    'm1 is not ready to answer for the swarm (disk full); ask again shortly, or ask another manager',
  ],
  [
    { kind: 'api-too-old', found: '1.22', needed: '1.24' },
    'The engine speaks API 1.22, and 1.24 or newer is needed; update the engine',
  ],
  [
    { kind: 'no-leader', how: 'quorum', detail: 'The swarm does not have a leader. …' },
    'The swarm has no leader, since too few managers are online; bring back more than half of them',
  ],
  [
    { kind: 'no-leader', how: 'timeout', detail: 'context deadline exceeded' },
    'No leader was found in time (context deadline exceeded); an election usually takes 10 to 20 s, so ask again',
  ],
  [
    { kind: 'other-swarm', address: 'unix:///b.sock' },
    'unix:///b.sock belongs to another swarm than the one looked at so far; leave it out of the hosts',
  ],
  [
    { kind: 'bad-answer', path: '/nodes', detail: 'a web page' },
    "The answer to /nodes is not a Docker engine's: a web page; check what listens there",
  ],
  [
    { kind: 'closed', path: '/nodes', detail: 'socket hang up' },
    'The connection ended during /nodes (socket hang up); see whether the engine is still running',
  ],
  [
    { kind: 'http', status: 500, message: 'something\nnew.' },
    'The engine answered 500: something new; its log may say more',
  ],
  [{ kind: 'http', status: 500, message: '' }, 'The engine answered 500: without a word; its log may say more'],
  [{ kind: 'configuration', text: 'As it was found' }, 'As it was found'],
]

for (const [problem, sentence] of sentences) {
  const side = 'side' in problem ? ` ${problem.side}` : ''
  test(`${problem.kind}${side}: ${sentence}`, () => assert.equal(explainProblem(problem), sentence))
}

test('Each is one line, without a full stop', () => {
  for (const [, sentence] of sentences) assert.doesNotMatch(sentence, /\n|\.$/)
})
