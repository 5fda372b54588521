import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { findCommand, run } from './commands.ts'

/** No registry can be reached: every image is the same busybox, and its tag says how its containers behave. */
const BEHAVIOURS = {
  'swarmtop-lab:1': "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done",
  'swarmtop-lab:stubborn': "trap '' TERM; while :; do sleep 3600; done",
  'swarmtop-lab:crash': 'sleep 3; exit 1',
  'swarmtop-lab:bad': 'exit 1',
  'swarmtop-lab:done': 'sleep 1',
}

/** Another version of the same image, to update to. */
const SAME_AS = { 'swarmtop-lab:2': 'swarmtop-lab:1' }

/** Makes the archive from which the images are imported, and gives its path. */
export async function packRootfs(directory: string): Promise<string> {
  const bin = join(directory, 'rootfs', 'bin')
  const busybox = findCommand('busybox') ?? 'busybox'
  mkdirSync(bin, { recursive: true })
  copyFileSync(busybox, join(bin, 'busybox'))
  const applets = (await run(busybox, ['--list'])).split('\n').filter(applet => applet !== 'busybox')
  for (const applet of applets) symlinkSync('busybox', join(bin, applet))
  const archive = join(directory, 'rootfs.tar')
  await run('tar', ['-C', join(directory, 'rootfs'), '-cf', archive, '.'])
  return archive
}

/** Puts the images on one engine, reached by `docker`. */
export async function importImages(docker: (...args: string[]) => Promise<string>, archive: string): Promise<void> {
  for (const [tag, script] of Object.entries(BEHAVIOURS)) {
    await docker('import', '--change', `CMD ${JSON.stringify(['/bin/sh', '-c', script])}`, archive, tag)
  }
  for (const [tag, original] of Object.entries(SAME_AS)) await docker('tag', original, tag)
}
