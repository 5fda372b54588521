import { dirname, join } from 'node:path'

/** Where the control of a simulation is, if the engine behind this socket belongs to one. */
export function controlBeside(socketPath: string): string {
  return join(dirname(socketPath), 'control.sock')
}
