#!/usr/bin/env node
import module from 'node:module'
import { complainOfNode } from './complain-of-node.ts'
import { prepareEnvironment } from './prepare-environment.ts'

const complaint = complainOfNode(process.versions.node)
if (complaint !== null) {
  process.stderr.write(complaint)
  process.exit(69)
}
// All else is imported after this: React and chalk look at the environment while they load, and code that is loaded
// before the compile cache is on is compiled anew at every start.
prepareEnvironment(process.env, process.argv)
// We speak to the engine and to nobody else. A look at `fetch`, which yoga takes for its WebAssembly, would load undici.
Reflect.deleteProperty(globalThis, 'fetch')
module.enableCompileCache?.(process.env.SWARMTOP_COMPILE_CACHE)
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
