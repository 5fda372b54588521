import type { RequestListener } from 'node:http'
import type { World } from '../world/world.ts'
import { type Listener, listenOnSocket } from './listen-on-socket.ts'

export type MachineSockets = {
  /** Opens and closes sockets as machines go on and off. Resolves when all that was on its way is done. */
  readonly follow: () => Promise<void>
  /** For good. */
  readonly close: () => Promise<void>
}

/** A machine's socket is there while its power is, booting or on; with it go all connections to it. */
export function createMachineSockets(
  world: World,
  pathOf: (machine: string) => string,
  serve: (machine: string) => RequestListener,
): MachineSockets {
  const sockets = Object.values(world.machines).map(machine => ({
    machine,
    turn: createSwitch(() => listenOnSocket(pathOf(machine.name), serve(machine.name))),
  }))
  let isClosed = false
  const follow = () => together(sockets.map(({ machine, turn }) => turn(machine.power !== 'off' && !isClosed)))
  return {
    follow,
    close: () => {
      isClosed = true
      return follow()
    },
  }
}

/** Turns on or off one after the other, however fast it is asked to; null where there is nothing left to do. */
function createSwitch(turnOn: () => Promise<Listener>): (isOn: boolean) => Promise<void> | null {
  let isWantedOn = false
  let listener: Listener | null = null
  let underWay: Promise<void> | null = null

  const turn = async (isOn: boolean, before: Promise<void> | null) => {
    await before?.catch(() => {})
    if (isOn) listener ??= await turnOn()
    else {
      await listener?.close()
      listener = null
    }
  }
  return isOn => {
    if (isOn !== isWantedOn) {
      isWantedOn = isOn
      const turning = turn(isOn, underWay).finally(() => {
        if (underWay === turning) underWay = null
      })
      underWay = turning
    }
    return underWay
  }
}

async function together(steps: readonly (Promise<void> | null)[]): Promise<void> {
  await Promise.all(steps.filter(step => step !== null))
}
