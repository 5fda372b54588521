const UNITS = ['', 'k', 'm', 'g', 't']

/**
 * An amount of memory as the docker CLI takes it, `512m`, `256MiB`, `8GB`, in bytes; null for anything else. All units
 * are powers of 1024.
 * Source: docker/go-units size.go (RAMInBytes)
 */
export function parseSize(text: string): number | null {
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,9})?) ?(?:([kmgt]?)i?b?)$/i.exec(text) ?? []
  if (number === undefined) return null
  return Math.floor(Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase()))
}
