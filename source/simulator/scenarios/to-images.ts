import { findBehaviour, type ImageBehaviour, WELL_BEHAVED } from '../world/image.ts'
import { findField } from '../world/image-field.ts'
import { USUAL_IMAGES } from '../world/usual-images.ts'
import type { ScenarioText } from './schema/scenario-schema.ts'

/** The usual images, and what the file says of these and of others. A tag builds on what is said of its image. */
export function toImages(text: ScenarioText['images']): Readonly<Record<string, ImageBehaviour>> {
  const images: Record<string, ImageBehaviour> = { ...USUAL_IMAGES }
  for (const [image, fields] of Object.entries(text)) {
    let behaviour = findBehaviour(images, image)
    for (const [name, lines] of Object.entries(fields)) {
      behaviour = findField(name)?.read(behaviour, lines.join('\n')) ?? behaviour
    }
    images[image] = { ...behaviour, said: differences(findBehaviour(images, image), behaviour) }
  }
  return images
}

function differences(before: ImageBehaviour, after: ImageBehaviour): ImageBehaviour['said'] {
  const keys = Object.keys(WELL_BEHAVED) as readonly (keyof ImageBehaviour)[]
  return keys.filter(key => after[key] !== before[key] || after.said.includes(key))
}
