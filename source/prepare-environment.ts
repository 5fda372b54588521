import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Sets what libraries read from the environment while they load: chalk, hence Ink, heeds FORCE_COLOR and not NO_COLOR
 * (https://no-color.org), and React is faster when it knows that this is production. The compile cache goes below the
 * user's own cache folder: one in /tmp could be written by others.
 */
export function prepareEnvironment(environment: NodeJS.ProcessEnv, arguments_: readonly string[]): void {
  environment.NODE_ENV ??= 'production'
  const isPlain = (environment.NO_COLOR ?? '') !== '' || arguments_.includes('--no-color')
  if (isPlain) environment.FORCE_COLOR = '0'
  const cacheHome = environment.XDG_CACHE_HOME || join(homedir(), '.cache')
  environment.SWARMTOP_COMPILE_CACHE ??= join(cacheHome, 'swarmtop')
}
