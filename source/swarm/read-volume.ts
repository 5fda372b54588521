import type { ApiVolume, ApiVolumes } from '../api/volume.ts'
import { parseTime } from '../rules/duration.ts'
import { labelsIn, listIn, objectIn, textIn, withIdentity } from './read-field.ts'
import type { Volume } from './volume.ts'

/** The volumes out of an answer to `GET /volumes`; what has no name is left out. Never throws. */
export const readVolumeList = (answer: unknown): readonly Volume[] =>
  withIdentity(listIn(objectIn(answer as ApiVolumes).Volumes).map(readVolume), ({ name }) => name)

function readVolume(wire: ApiVolume): Volume {
  const volume = objectIn(wire)
  return {
    name: textIn(volume.Name),
    driver: textIn(volume.Driver),
    mountPoint: textIn(volume.Mountpoint),
    scope: textIn(volume.Scope),
    labels: labelsIn(volume.Labels),
    createdAt: parseTime(textIn(volume.CreatedAt)),
  }
}
