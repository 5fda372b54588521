import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Certificate = { readonly cert: string; readonly key: string }

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** A certificate authority of our own, made by openssl and gone when it returns; it signs for `names` such as `IP:127.0.0.1`. */
export function createAuthority(): Certificate & { readonly sign: (...names: readonly string[]) => Certificate } {
  const ca = inDirectory(directory => {
    const subject = ['-subj', '/CN=authority', '-days', '2', '-addext', 'basicConstraints=critical,CA:TRUE']
    openssl(directory, 'req', '-x509', ...NEW_KEY, '-keyout', 'key.pem', '-out', 'cert.pem', ...subject)
    return pairIn(directory)
  })
  return { ...ca, sign: (...names) => sign(ca, names) }
}

function sign(ca: Certificate, names: readonly string[]): Certificate {
  return inDirectory(directory => {
    writeFileSync(join(directory, 'ca.pem'), ca.cert)
    writeFileSync(join(directory, 'ca-key.pem'), ca.key)
    writeFileSync(join(directory, 'names'), names.length === 0 ? '' : `subjectAltName=${names.join(',')}\n`)
    openssl(directory, 'req', ...NEW_KEY, '-keyout', 'key.pem', '-out', 'request', '-subj', '/CN=somebody')
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-extfile', 'names', '-days', '2']
    openssl(directory, 'x509', '-req', '-in', 'request', '-out', 'cert.pem', ...by)
    return pairIn(directory)
  })
}

function openssl(cwd: string, ...args: readonly string[]): void {
  execFileSync('openssl', args, { cwd, stdio: 'pipe' })
}

function pairIn(directory: string): Certificate {
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  return { cert: read('cert.pem'), key: read('key.pem') }
}

function inDirectory<T>(make: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'certificates-'))
  try {
    return make(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
