import { json, type Result } from './call.ts'

export const ENGINE_VERSION = '28.2.2'
export const API_VERSION = '1.50'
export const MIN_API_VERSION = '1.24'

/**
 * Why a client may not speak this version; null when it may. What is too old is told in plain text, what is too new as
 * any other error. Source: moby/moby api/server/middleware/version.go, api/server/httputils/errors.go
 */
export function refuseVersion(version: string): Result | null {
  if (isBelow(API_VERSION, version)) {
    const message = `client version ${version} is too new. Maximum supported API version is ${API_VERSION}`
    return json({ message }, 400)
  }
  if (isBelow(version, MIN_API_VERSION)) {
    const advice = 'please upgrade your client to a newer version'
    const text = `client version ${version} is too old. Minimum supported API version is ${MIN_API_VERSION}, ${advice}\n`
    return { kind: 'text', status: 400, text, headers: { 'Content-Type': 'text/plain; charset=utf-8' } }
  }
  return null
}

export function isBelow(version: string, limit: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [limitMajor = 0, limitMinor = 0] = limit.split('.').map(Number)
  return major < limitMajor || (major === limitMajor && minor < limitMinor)
}
