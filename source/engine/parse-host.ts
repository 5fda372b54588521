import type { EndpointAddress, TlsMaterial } from './endpoint.ts'

export const DEFAULT_SOCKET = '/var/run/docker.sock'

type Parsed =
  | { readonly ok: true; readonly address: EndpointAddress }
  /** `reason` names what is wrong and how to mend it; it reads well after `--host "…": `. */
  | { readonly ok: false; readonly reason: string }

/**
 * Reads a host as the docker CLI does: `unix://PATH`, `tcp://[HOST][:PORT][/PATH]`, the same without `tcp://`, and
 * `ssh://[USER@]HOST[:PORT][/SOCKET]`. `tls` is what a TCP connection will use; it does not change the default port.
 * Source: docker/cli opts/hosts.go (ParseHost, ParseTCPAddr), cli/connhelper/ssh/ssh.go (ParseURL)
 */
export function parseHost(host: string, tls: TlsMaterial | null): Parsed {
  const [, scheme = 'tcp', rest = ''] = /^(?:([^:/]*):\/\/)?(.*)$/s.exec(host) ?? []
  switch (scheme) {
    case 'unix':
      return parseUnix(rest)
    case 'tcp':
      return parseTcp(rest, tls)
    case 'ssh':
      return parseSsh(host)
    case 'http':
    case 'https':
      return wrong(`${scheme}:// is not taken by docker either; write tcp://${rest}`)
    case 'fd':
    case 'npipe':
      return wrong(`${scheme}:// cannot be used from here; ${WAYS}`)
    default:
      return wrong(`${scheme}:// is no way to an engine; ${WAYS}`)
  }
}

const WAYS = 'write unix:///path/to.sock, tcp://host:port or ssh://user@host'

function wrong(reason: string): Parsed {
  return { ok: false, reason }
}

function parseUnix(path: string): Parsed {
  if (path.includes('://')) return wrong(`a path follows unix://; write unix://${DEFAULT_SOCKET}`)
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) {
    return wrong(`the path of a socket has at most ${LONGEST_SOCKET_PATH} bytes; link to it from a shorter one`)
  }
  return { ok: true, address: { kind: 'unix', path: path === '' ? DEFAULT_SOCKET : path } }
}

/** Source: unix(7), `sun_path` without its final zero. */
const LONGEST_SOCKET_PATH = 107

/** IPv6 addresses stand in brackets. Port 2375 is the CLI's default with and without TLS. */
function parseTcp(rest: string, tls: TlsMaterial | null): Parsed {
  if (rest.startsWith('/')) return wrong(`this is a path and names no host; for a socket write unix://${rest}`)
  const parts = /^(?:\[([0-9a-f:.]+(?:%[\w.]+)?)\]|([^\s:/?#@[\]]*))(?::(\d*))?(\/[^?#]*)?$/i.exec(rest)
  if (parts === null) return wrong('this is not a host with a port; write it as tcp://host:2375')
  const [, ipv6, name = '', digits = '', basePath = ''] = parts
  const port = digits === '' ? 2375 : Number(digits)
  if (port < 1 || port > 65_535) return wrong(`there is no port ${digits}; write one between 1 and 65535`)
  const host = ipv6 ?? (name === '' ? 'localhost' : name)
  return { ok: true, address: { kind: 'tcp', host, port, basePath: basePath.replace(/\/+$/, ''), tls } }
}

function parseSsh(host: string): Parsed {
  const url = URL.parse(host)
  const user = decode(url?.username)
  const hostname = decode(url?.hostname)?.replace(/^\[(.*)\]$/, '$1')
  const path = decode(url?.pathname)
  if (url === null || user === null || hostname === undefined || path === null) return wrong(`no URL of ssh; ${SSH}`)
  if (url.password !== '') return wrong('a password has no place in it; leave it out and use a key or ssh-agent')
  if (url.search !== '' || url.hash !== '') return wrong(`a query or a fragment means nothing to ssh; ${SSH}`)
  if (hostname === '') return wrong(`the host is missing; ${SSH}`)
  // The URL's own parser leaves out line breaks and tabs without a word.
  if (/\p{Cc}/u.test(host + path)) return wrong(`a control character has no place in it; ${SSH}`)
  if (isNoName(user) || isNoName(hostname)) return wrong(`its user or host is no name that ssh may be given; ${SSH}`)
  const port = url.port === '' ? null : Number(url.port)
  return { ok: true, address: { kind: 'ssh', user, host: hostname, port, socketPath: path.replace(/^\/+$/, '') } }
}

const SSH = 'write ssh://user@host, ssh://user@host:port or ssh://user@host/path/to.sock'

/** Null where an escape is broken. */
function decode(part = ''): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** What ssh would take for an option, or the shell of a `ProxyCommand %h` for something else than a name. */
function isNoName(text: string): boolean {
  return text.startsWith('-') || /[\s\0-\x1f\x7f'"`$&;<>|()]/.test(text)
}
