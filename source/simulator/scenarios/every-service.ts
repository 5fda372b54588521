import type { YamlPath } from '../../yaml/read-yaml.ts'
import type { ScenarioText } from './schema/scenario-schema.ts'
import type { ServiceText } from './schema/service-schema.ts'

type WrittenService = { readonly path: YamlPath; readonly name: string; readonly service: ServiceText }

/** The services that are there at first and those that the timeline creates, with their places in the file. */
export function everyService({ services, timeline }: ScenarioText): readonly WrittenService[] {
  const written = (path: YamlPath, map: Readonly<Record<string, ServiceText>>) =>
    Object.entries(map).map(([name, service]) => ({ path: [...path, name], name, service }))
  return [
    ...written(['services'], services),
    ...timeline.flatMap(({ create = {} }, index) => written(['timeline', index, 'create'], create)),
  ]
}
