import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

/** Under which name the docker CLI keeps a context. */
export const contextId = (name: string): string => createHash('sha256').update(name).digest('hex')

/** The files of a context in the docker CLI's store: what it is called, and where its engine is. */
export function contextFiles(name: string, host: string, description = ''): Readonly<Record<string, string>> {
  const meta = { Name: name, Metadata: { Description: description }, Endpoints: { docker: { Host: host } } }
  return { [`contexts/meta/${contextId(name)}/meta.json`]: JSON.stringify(meta) }
}

/** A folder for DOCKER_CONFIG with these files in it, until the test ends. */
export async function dockerConfig(context: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-'))
  context.after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}
