/** By how many rows a key moves what is read page by page; null for a key that moves nothing. `page`: rows in one. */
export function pageStep(key: string, page: number): number | null {
  switch (key) {
    case 'down':
    case 'j':
      return 1
    case 'up':
    case 'k':
      return -1
    case 'pagedown':
    case 'space':
    case 'ctrl+f':
      return page
    case 'pageup':
    case 'ctrl+b':
      return -page
    case 'home':
    case 'g':
      return Number.NEGATIVE_INFINITY
    case 'end':
    case 'G':
      return Number.POSITIVE_INFINITY
    default:
      return null
  }
}
