import { readFileSync, rmSync } from 'node:fs'
import { tryRunSync } from './commands.ts'
import { killGroup } from './control-group.ts'
import { machinesOf } from './machine.ts'
import { removeNetwork } from './network.ts'
import { abandonedRecords, type LabRecord, labDirectory } from './record.ts'

/** Removes all of a lab, whatever of it there is: processes, links, namespaces, mounts, files. Synchronous. */
export function removeLab(record: LabRecord): void {
  killGroup(record.name)
  removeNetwork(record, machinesOf(record))
  unmountBelow(labDirectory(record))
  rmSync(labDirectory(record), { recursive: true, force: true, maxRetries: 3 })
}

/** An engine's mounts are its own and go with it; these are such as somebody made by hand. */
function unmountBelow(directory: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  const paths = mounts.map(line => line.split(' ')[1] ?? '').filter(path => path.startsWith(`${directory}/`))
  for (const path of paths.toReversed()) tryRunSync('umount', ['--lazy', path])
}

/** Removes what processes that were killed have left. */
export function removeAbandonedLabs(): void {
  abandonedRecords().forEach(removeLab)
}

/** Sees to it that the lab goes when this process goes, in whatever manner but SIGKILL. Gives a function that calls it off. */
export function removeOnExit(record: LabRecord): () => void {
  const remove = (): void => removeLab(record)
  const onSignal = (signal: NodeJS.Signals): void => {
    callOff()
    remove()
    process.kill(process.pid, signal)
  }
  const callOff = (): void => {
    process.off('exit', remove)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  process.on('exit', remove)
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return callOff
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
