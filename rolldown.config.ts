import { isBuiltin } from 'node:module'
import { defineConfig, type Plugin } from 'rolldown'

/**
 * What dockerode and docker-modem load at their start for uses that we do not have: an ssh client of their own (we run
 * the system's), BuildKit sessions, and packing build contexts. They would take most of the time to the first frame.
 */
const UNUSED = ['ssh2', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'tar-fs', '@balena/dockerignore']

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  resolveId: id => (UNUSED.includes(id) ? `\0unused` : null),
  load: id => (id === '\0unused' ? 'module.exports = {}' : null),
}

/**
 * An `import` of one of Node's modules makes Node read every export of it, whoever needs it, and with them load undici for
 * `WebSocket` and all of webcrypto; asking for the module by its name does not.
 */
const askForBuiltins: Plugin = {
  name: 'ask-for-builtins',
  // The bundler's own runtime is made of `node:module`.
  resolveId: id => (isBuiltin(id) && !id.endsWith('module') ? `\0builtin:${id.replace('node:', '')}` : null),
  load: id =>
    id.startsWith('\0builtin:')
      ? `module.exports = process.getBuiltinModule('node:${id.slice('\0builtin:'.length)}')`
      : null,
}

/** meow sorts lists of licence names while it loads, to correct a package.json that we give it as it is. */
const NORMALIZES = 'var normalizeExports = requireNormalize();'

const leaveLicencesAlone: Plugin = {
  name: 'leave-licences-alone',
  transform: (code, id) => {
    if (!id.endsWith('/meow/build/dependencies.js')) return null
    if (!code.includes(NORMALIZES)) throw new Error('meow has changed: see whether it still sorts licences')
    return code.replace(NORMALIZES, 'var normalizeExports = {};')
  },
}

export default defineConfig({
  input: { cli: 'source/cli.ts' },
  platform: 'node',
  external: ['react-devtools-core'],
  output: { dir: 'dist', format: 'esm', cleanDir: true, minify: true, chunkFileNames: '[name]-[hash].js' },
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  plugins: [leaveOutUnused, askForBuiltins, leaveLicencesAlone],
})
