import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'rolldown'
import { NARROW } from './source/view/quick-segmenter.ts'

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

/**
 * string-width takes anything beyond ASCII apart by graphemes and emoji; to prepare that takes a tenth of the time to the
 * first frame, and there is no frame without a line or a block.
 */
const ASCII_PATH = '/^[\\u0020-\\u007E]*$/.test(string)'

/** To read this expression takes as long again, since it names every emoji there is: it is read with the first of them. */
const EMOJI_EXPRESSION = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;'
const EMOJI_WHEN_ASKED =
  'let emoji; const rgiEmojiRegex = { test: segment => (emoji ??= /^\\p{RGI_Emoji}$/v).test(segment) };'

const measureFramesFast: Plugin = {
  name: 'measure-frames-fast',
  transform: (code, id) => {
    if (!id.endsWith('/node_modules/string-width/index.js') || !code.includes('RGI_Emoji')) return null
    if (!code.includes(ASCII_PATH)) throw new Error('string-width has changed: see whether it measures lines fast now')
    if (!code.includes(EMOJI_EXPRESSION)) throw new Error('string-width has changed: see when it learns of emoji now')
    return code
      .replace(ASCII_PATH, `/^[\\u0020-\\u007E${NARROW}]*$/.test(string)`)
      .replace(EMOJI_EXPRESSION, () => EMOJI_WHEN_ASKED)
  },
}

const QUICK_SEGMENTER = fileURLToPath(new URL('source/view/quick-segmenter.ts', import.meta.url))

/** blessed asks for its parts by names that it computes, and cannot be bundled; the charts ask for it when they are opened. */
const CHARTS = /^blessed(-contrib)?(\/|$)/

const OUTPUT = { dir: 'dist', format: 'esm', minify: true, chunkFileNames: '[name]-[hash].js' } as const

/** The thread that rehearses is bundled by itself: what it shares with the dashboard would be one file more to load for a frame. */
export default defineConfig([
  {
    input: { cli: 'source/cli.ts' },
    platform: 'node',
    external: ['react-devtools-core', CHARTS],
    output: { ...OUTPUT, cleanDir: true },
    transform: {
      define: { 'process.env.NODE_ENV': '"production"' },
      inject: { 'Intl.Segmenter': [QUICK_SEGMENTER, 'QuickSegmenter'] },
    },
    plugins: [leaveOutUnused, askForBuiltins, leaveLicencesAlone, measureFramesFast],
  },
  {
    input: { 'rehearsal-worker': 'source/rehearsal-worker.ts' },
    platform: 'node',
    output: OUTPUT,
    plugins: [askForBuiltins],
  },
])
