import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHost } from '../../source/engine/parse-host.ts'

const unix = (path: string) => ({ kind: 'unix', path })
const tcp = (host: string, port = 2375, basePath = '') => ({ kind: 'tcp', host, port, basePath, tls: null })
const ssh = (user: string, host: string, port: number | null = null, socketPath = '') => ({
  kind: 'ssh',
  user,
  host,
  port,
  socketPath,
})

for (const [host, address] of [
  ['unix:///var/run/docker.sock', unix('/var/run/docker.sock')],
  ['unix://', unix('/var/run/docker.sock')],
  ['tcp://m1:2376', tcp('m1', 2376)],
  ['tcp://m1', tcp('m1')],
  ['tcp://', tcp('localhost')],
  ['tcp://:1', tcp('localhost', 1)],
  ['tcp://m1:', tcp('m1')],
  ['tcp://[::1]:7', tcp('::1', 7)],
  ['tcp://[fe80::1%eth0]', tcp('fe80::1%eth0')],
  ['tcp://proxy:80/docker/', tcp('proxy', 80, '/docker')],
  ['m1:2375', tcp('m1')],
  ['m1', tcp('m1')],
  [':1', tcp('localhost', 1)],
  ['ssh://m1', ssh('', 'm1')],
  ['ssh://ops@m1:2222', ssh('ops', 'm1', 2222)],
  ['ssh://ops@m1/', ssh('ops', 'm1')],
  ['ssh://ops@m1/run/user/1000/docker.sock', ssh('ops', 'm1', null, '/run/user/1000/docker.sock')],
  ['ssh://CORP%5Cops@[::1]:22', ssh('CORP\\ops', '::1', 22)],
] as const) {
  test(`${host} is read`, () => assert.deepEqual(parseHost(host, null), { ok: true, address }))
}

const WAYS = 'write unix:///path/to.sock, tcp://host:port or ssh://user@host'

for (const [host, reason] of [
  ['ftp://x', `ftp:// is no way to an engine; ${WAYS}`],
  ['TCP://m1', `TCP:// is no way to an engine; ${WAYS}`],
  ['://', `:// is no way to an engine; ${WAYS}`],
  ['fd://3', `fd:// cannot be used from here; ${WAYS}`],
  ['npipe:////./pipe/docker_engine', `npipe:// cannot be used from here; ${WAYS}`],
  ['http://m1:2375', 'http:// is not taken by docker either; write tcp://m1:2375'],
  ['/var/run/docker.sock', 'this is a path and names no host; for a socket write unix:///var/run/docker.sock'],
  [`unix:///${'x'.repeat(107)}`, 'the path of a socket has at most 107 bytes; link to it from a shorter one'],
  ['tcp://m1:99999', 'there is no port 99999; write one between 1 and 65535'],
  ['tcp://m1:0', 'there is no port 0; write one between 1 and 65535'],
  ['tcp://m1:abc', 'this is not a host with a port; write it as tcp://host:2375'],
  [
    'ssh://m1/%00x',
    'a control character has no place in it; write ssh://user@host, ssh://user@host:port or ssh://user@host/path/to.sock',
  ],
  ['unix:x', 'this is not a host with a port; write it as tcp://host:2375'],
] as const) {
  test(`${host.slice(0, 40)} is refused`, () => assert.deepEqual(parseHost(host, null), { ok: false, reason }))
}

for (const host of [
  'ssh://',
  'ssh://-oProxyCommand=reboot',
  'ssh://-oProxyCommand=reboot@m1',
  'ssh://%2DoProxyCommand=reboot',
  'ssh://m1%20-v',
  'ssh://$(reboot)@m1',
  "ssh://m1'",
  'ssh://m1;reboot',
  'ssh://ops:secret@m1',
  'ssh://m1?x=1',
  'ssh://m1#x',
  'ssh://m1:99999',
  'ssh://m1%',
  'ssh://m1/%00x',
  'ssh://m1/a%0ab',
  'ssh://m1/a\nb',
  'ssh://m1/%c2%9b',
]) {
  test(`${JSON.stringify(host)} reaches no ssh`, () => assert.equal(parseHost(host, null).ok, false))
}
