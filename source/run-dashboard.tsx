import v8 from 'node:v8'
import vm from 'node:vm'
import { render, useApp } from 'ink'
import { useEffect, useState } from 'react'
import { explainFailure } from './app/explain-failure.ts'
import type { State } from './app/state.ts'
import type { Connection } from './connect.ts'
import { followMouse } from './mouse-mode.ts'
import type { Elsewhere, Lend } from './open-elsewhere.ts'
import type { Options } from './options.ts'
import type { Program } from './program.ts'
import { terminalLooks } from './terminal-looks.ts'
import { Dashboard } from './view/dashboard.tsx'
import { useKeys } from './view/keyboard.ts'
import { type Pointer, withoutMouse } from './view/mouse-input.ts'
import { targetAt } from './view/target-at.ts'
import type { TerminalLooks } from './view/theme.ts'
import { thriftyOutput } from './view/thrifty-output.ts'
import { visibleText } from './view/visible-text.ts'

/** A clock's tick can wait for the reading that is about to come; a key cannot. */
const FRAME_CAN_WAIT_MS = 40
const FIRST_FRAME_CAN_WAIT_MS = 150
const EXIT_NO_READING = 3
const EXIT_CRASHED = 70

/**
 * Runs the dashboard on this terminal until it is quit and resolves with the exit code. The terminal is given back
 * whatever happens: on quit, on a signal, and after a crash, whose error is printed below the restored screen.
 * `onListening` is called once signals are taken care of here.
 */
export async function runDashboard(options: Options, connection: Connection, onListening: () => void): Promise<number> {
  const { program, whenQuit, elsewhere, close } = connection
  const size = () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 })
  const looks = terminalLooks(options, process.env, process.stdout)
  await firstReading(program)
  // A warning that Node prints by itself would be written across the screen.
  process.removeAllListeners('warning')
  const screen = render(<Screen program={program} looks={looks} lendBy={elsewhere.lendBy} />, {
    stdin: withoutMouse(process.stdin, pointer => point(program, looks, pointer)),
    stdout: thriftyOutput(process.stdout),
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    maxFps: 60,
  })
  void whenQuit.then(() => screen.unmount())
  let crash: unknown = null
  const stopListening = listen(program, size, elsewhere, error => {
    crash ??= error
    screen.unmount()
  })
  onListening()
  const stopCollecting = staySmall()
  await screen.waitUntilExit().catch((error: unknown) => {
    crash ??= error
  })
  stopListening()
  stopCollecting()
  await close()
  return sayGoodbye(program.state(), crash)
}

/**
 * What runs for days makes little garbage a second, and V8 would let it lie until there is far more of it than there is
 * of us. Taking it away now and then, and giving its room back, costs a third of what V8's setting for small memory
 * does. Returns the way to stop.
 */
function staySmall(): () => void {
  v8.setFlagsFromString('--expose-gc')
  const collect: unknown = vm.runInNewContext('gc')
  const timer = setInterval(() => {
    if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' })
  }, COLLECT_EVERY_MS)
  return () => clearInterval(timer)
}

const COLLECT_EVERY_MS = 20_000

/** A frame that says no more than "connecting" is worth drawing only where there is some waiting to do. */
function firstReading(program: Program): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, FIRST_FRAME_CAN_WAIT_MS)
    const leave = program.subscribe(state => {
      if (state.polling.inFlight === null || state.reading !== null) done()
    })
    function done() {
      clearTimeout(timer)
      leave()
      resolve()
    }
  })
}

function point(program: Program, looks: TerminalLooks, { column, row, ...what }: Pointer): void {
  const target = targetAt(program.state(), looks, column, row)
  if (what.kind === 'click') program.dispatch({ kind: 'clicked', target, button: what.button })
  else program.dispatch({ kind: 'wheeled', target, steps: what.steps })
}

type ScreenProps = {
  readonly program: Program
  readonly looks: TerminalLooks
  readonly lendBy: (lend: Lend) => void
}

function Screen({ program, looks, lendBy }: ScreenProps) {
  const [state, setState] = useState(program.state)
  const { suspendTerminal } = useApp()
  useEffect(() => {
    const mouse = followMouse(program, sequence => process.stdout.write(sequence))
    lendBy(borrow => mouse.during(() => suspendTerminal(borrow)))
    return mouse.stop
  }, [program, lendBy, suspendTerminal])
  useEffect(() => drawAfterChanges(program, setState), [program])
  useKeys(
    key => program.dispatch({ kind: 'key-pressed', key }),
    text => program.dispatch({ kind: 'pasted', text }),
  )
  return <Dashboard state={state} looks={looks} />
}

/** Draws what a person did at once, and what time did together with what comes right after it. */
function drawAfterChanges(program: Program, draw: (state: State) => void): () => void {
  let waiting: NodeJS.Timeout | null = null
  let drawn = program.state()
  const drawNow = () => {
    if (waiting !== null) clearTimeout(waiting)
    waiting = null
    drawn = program.state()
    draw(drawn)
  }
  const leave = program.subscribe(state => {
    if (isUrgent(drawn, state)) drawNow()
    else waiting ??= setTimeout(drawNow, FRAME_CAN_WAIT_MS)
  })
  return () => {
    leave()
    if (waiting !== null) clearTimeout(waiting)
  }
}

function isUrgent(drawn: State, state: State): boolean {
  return (
    state.navigation !== drawn.navigation ||
    state.acting !== drawn.acting ||
    state.size !== drawn.size ||
    state.reading !== drawn.reading ||
    // The wheel moves a log by this alone.
    state.log?.top !== drawn.log?.top
  )
}

function listen(
  program: Program,
  size: () => { columns: number; rows: number },
  elsewhere: Elsewhere,
  onCrash: (error: unknown) => void,
): () => void {
  const onResize = () => program.dispatch({ kind: 'resized', ...size() })
  const onSignal = () => program.dispatch({ kind: 'told-to-quit' })
  // Ctrl+C in a pager is the pager's; the terminal gives it to all who are in front.
  const onInterrupt = () => {
    if (!elsewhere.isOpen()) onSignal()
  }
  const signals = ['SIGTERM', 'SIGHUP'] as const
  process.stdout.on('resize', onResize)
  // The terminal is gone: there is nobody left to draw for.
  process.stdout.on('error', onSignal)
  process.on('SIGINT', onInterrupt)
  for (const signal of signals) process.on(signal, onSignal)
  process.on('uncaughtException', onCrash)
  process.on('unhandledRejection', onCrash)
  return () => {
    process.stdout.off('resize', onResize)
    process.off('SIGINT', onInterrupt)
    for (const signal of signals) process.off(signal, onSignal)
    process.off('uncaughtException', onCrash)
    process.off('unhandledRejection', onCrash)
  }
}

/** What is said on the person's own screen when the dashboard is gone, and the exit code. */
function sayGoodbye(state: State, crash: unknown): number {
  if (crash !== null) {
    const text = crash instanceof Error ? (crash.stack ?? crash.message) : String(crash)
    process.stderr.write(`swarmtop crashed; please report this:\n${visibleLines(text)}\n`)
    return EXIT_CRASHED
  }
  const { running } = state.acting
  for (const { command, phase } of running) {
    const how = phase === 'sent' ? 'not answered yet: look whether it was done' : 'still under way'
    process.stderr.write(`swarmtop: ${visibleText(command)}: ${how}\n`)
  }
  const { link } = state.polling
  if (state.reading !== null || link.kind !== 'failed') return 0
  process.stderr.write(`swarmtop: ${visibleText(explainFailure(state, link.problem))}\n`)
  return EXIT_NO_READING
}

function visibleLines(text: string): string {
  return text
    .split('\n')
    .map(line => visibleText(line))
    .join('\n')
}
