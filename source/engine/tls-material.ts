import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { failed, got } from './answer.ts'
import type { TlsMaterial } from './endpoint.ts'
import type { Answer } from './engine.ts'

/** Reads `ca.pem`, `cert.pem` and `key.pem`, each of which may be missing; a certificate goes with its key or not at all. */
export async function readTlsMaterial(
  directory: string,
  { verify }: { readonly verify: boolean },
): Promise<Answer<TlsMaterial>> {
  try {
    const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map(name => readPem(directory, name)))
    const pair = cert == null || key == null ? { cert: null, key: null } : { cert, key }
    createSecureContext({ ca: ca ?? undefined, cert: pair.cert ?? undefined, key: pair.key ?? undefined })
    return got({ ca: ca ?? null, ...pair, verify, serverName: '' })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const text = `The TLS certificates in ${directory} cannot be used (${reason}); put ca.pem, cert.pem and an unencrypted key.pem there`
    return failed({ kind: 'configuration', text })
  }
}

async function readPem(directory: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(directory, name), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
