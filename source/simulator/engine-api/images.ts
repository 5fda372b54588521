import { drawText, seedRandom } from '../world/random.ts'
import { askLeader } from './ask-leader.ts'
import { type Call, json, type Result } from './call.ts'
import { checkManager } from './situation.ts'
import { isBelow } from './version.ts'

export const IMAGE_BYTES = 48_000_000

/** The images that are on the machine; what they are made of nobody here knows. */
export function listImages({ world, machine }: Call): Result {
  return json(
    Object.keys(machine.images).map(image => ({
      Id: imageId(image),
      ParentId: '',
      RepoTags: [image],
      RepoDigests: [],
      Created: Math.floor(world.epochMs / 1_000) - 30 * 86_400,
      Size: IMAGE_BYTES,
      SharedSize: -1,
      Containers: -1,
      Labels: null,
    })),
  )
}

/**
 * No engine of a simulation makes volumes of its own, and nobody can make any in its swarm; but a manager asks. That it
 * cannot is no more than a warning.
 *
 * Source: moby/moby api/server/router/volume/volume_routes.go (getVolumesList)
 */
export function listVolumes(call: Call): Result {
  const isAsking = !isBelow(call.version, '1.42') && checkManager(call.world, call.machine).ok
  const asked = isAsking ? askLeader(call, 'read') : null
  if (asked?.kind === 'wait') return asked
  return json({ Volumes: [], Warnings: asked?.kind === 'refused' ? [asked.refusal.message] : null })
}

/** The same name has the same ID on every machine. */
export function imageId(image: string): string {
  let seed = 0
  for (const character of image) seed = Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)
  return `sha256:${drawText(seedRandom(seed), '0123456789abcdef', 64)}`
}
