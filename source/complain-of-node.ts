/** What a person is told whose Node is too old to run us; null where it is not. `version`: as in `process.versions.node`. */
export function complainOfNode(version: string): string | null {
  return Number.parseInt(version, 10) < LEAST_MAJOR
    ? `swarmtop: this is Node ${version}, and swarmtop needs Node ${LEAST_MAJOR} or later\n`
    : null
}

const LEAST_MAJOR = 22
