import { refused } from '../control-api/refusal.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { listContainers } from './containers.ts'
import { IMAGE_BYTES, listImages } from './images.ts'
import { isBelow } from './version.ts'

/** What is on the machine's disk. Source: moby/moby api/types/system/disk_usage.go, as older clients know it */
export function diskUsage(call: Call): Result {
  const all = ['container', 'image', 'volume', 'build-cache']
  const types = call.query.getAll('type')
  const unknown = types.find(type => !all.includes(type))
  if (unknown !== undefined) return resultOf(refused(400, `unknown object type: ${unknown}`), json)
  const asked = new Set(types.length === 0 || isBelow(call.version, '1.42') ? all : types)
  const images = asked.has('image') ? readList(listImages(call)) : null
  return json({
    LayersSize: (images ?? []).length * IMAGE_BYTES,
    Images: images,
    Containers: asked.has('container') ? readList(listContainers(withQuery(call, 'all=1'))) : null,
    Volumes: asked.has('volume') ? [] : null,
    BuildCache: asked.has('build-cache') ? [] : null,
    BuilderSize: 0,
  })
}

function withQuery(call: Call, query: string): Call {
  return { ...call, query: new URLSearchParams(query) }
}

function readList(result: Result): readonly unknown[] {
  return result.kind === 'json' && Array.isArray(result.value) ? result.value : []
}
