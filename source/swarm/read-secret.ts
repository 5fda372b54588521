import type { ApiSecret } from '../api/secret.ts'
import { parseTime } from '../rules/duration.ts'
import { labelsIn, listIn, objectIn, textIn, withIdentity } from './read-field.ts'
import type { Secret } from './secret.ts'

/** The secrets out of an answer to `GET /secrets`, or the configs of `GET /configs`. Never throws. */
export const readSecretList = (answer: unknown): readonly Secret[] =>
  withIdentity(listIn(answer as readonly ApiSecret[]).map(readSecret), ({ id }) => id)

function readSecret(wire: ApiSecret): Secret {
  const secret = objectIn(wire)
  const spec = objectIn(secret.Spec)
  return {
    id: textIn(secret.ID),
    name: textIn(spec.Name),
    driver: textIn(objectIn(spec.Driver).Name) || textIn(objectIn(spec.Templating).Name),
    labels: labelsIn(spec.Labels),
    createdAt: parseTime(textIn(secret.CreatedAt)),
    updatedAt: parseTime(textIn(secret.UpdatedAt)),
  }
}
