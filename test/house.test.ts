import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

/** Whom each folder may know besides itself. What stands in `source/` itself joins the folders and may know them all. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  api: [],
  rules: ['api'],
  swarm: ['rules', 'api'],
  operations: ['swarm', 'rules', 'api'],
  app: ['operations', 'swarm', 'rules', 'api'],
  view: ['app', 'operations', 'swarm', 'rules', 'api'],
  engine: ['operations', 'swarm', 'rules', 'api'],
  yaml: ['rules'],
  config: ['yaml', 'app', 'operations', 'swarm', 'rules', 'api'],
  simulator: ['yaml', 'rules', 'api'],
  control: ['rules', 'api'],
  rehearsal: ['operations', 'simulator', 'swarm', 'rules', 'api'],
}

/** Packages, and modules of Node, that belong to one folder alone. */
const BELONGS_TO: Readonly<Record<string, string>> = {
  dockerode: 'engine',
  'node:http': 'engine simulator/http control',
  'node:fs': 'engine simulator/http',
  'node:child_process': 'engine',
  yaml: 'yaml',
}

type Import = { readonly from: string; readonly to: string }

test('imports go one way through the house', () => {
  const wrong = importsOfSource()
    .filter(({ to }) => to.startsWith('.'))
    .map(({ from, to }) => ({ from, to: join(dirname(from), to) }))
    .filter(({ from, to }) => {
      const [folder, other] = [folderOf(from), folderOf(to)]
      return folder !== '' && folder !== other && !(MAY_KNOW[folder] ?? []).includes(other)
    })
  assert.deepEqual(wrong.map(explain), [])
})

test('every folder of the house has its rule', () => {
  const folders = new Set(importsOfSource().map(({ from }) => folderOf(from)))
  folders.delete('')
  assert.deepEqual(
    [...folders].filter(folder => !Object.hasOwn(MAY_KNOW, folder)),
    [],
  )
})

test('what touches the world is used where the world is touched', () => {
  const wrong = importsOfSource().filter(({ from, to }) => {
    const places = BELONGS_TO[to]?.split(' ')
    const isInFolder = folderOf(from) !== ''
    return places !== undefined && isInFolder && !places.some(place => from.startsWith(`${place}/`))
  })
  assert.deepEqual(wrong.map(explain), [])
})

test('no circle of imports', () => {
  const graph = new Map<string, string[]>()
  for (const { from, to } of importsOfSource('values')) {
    if (to.startsWith('.')) graph.set(from, [...(graph.get(from) ?? []), join(dirname(from), to)])
  }
  assert.deepEqual(findCircle(graph), [])
})

test('nothing heavy is loaded for the first frame', () => {
  const imports = importsOfSource('start')
  const loaded = new Set(['cli.ts', 'main.ts', 'run-dashboard.tsx', 'run-status.ts'])
  for (const file of loaded) {
    for (const { to } of imports.filter(({ from }) => from === file)) {
      loaded.add(to.startsWith('.') ? join(dirname(file), to) : to)
    }
  }
  assert.ok(loaded.has('view/dashboard.tsx') && loaded.has('ink'), 'the dashboard is not found by its imports')
  const heavy = [...loaded].filter(file => HEAVY.test(file) && !LIGHT.has(file))
  assert.deepEqual(heavy, [])
})

/** What is imported when it is first needed: readers of files, charts, the whole simulator and what is done in it. */
const HEAVY = /^(yaml|zod|diff|blessed|blessed-contrib)(\/|$)|^(simulator|rehearsal)\/|^view\/charts\/blessed/

/** The names of the scenarios alone, for the help. */
const LIGHT: ReadonlySet<string> = new Set(['simulator/scenarios/scenario-names.ts'])

/**
 * `values`: without the imports of types, which are gone when the program runs and may go round; `start`: without those
 * too that are only asked for while it runs.
 */
function importsOfSource(which: 'all' | 'values' | 'start' = 'all'): readonly Import[] {
  const root = join(import.meta.dirname, '..', 'source')
  return globSync('**/*.{ts,tsx}', { cwd: root }).flatMap(file => {
    const whole = readFileSync(join(root, file), 'utf8')
    const text = which === 'all' ? whole : whole.replace(/^(import|export) type [^']*'[^']*'/gm, '')
    const found = text.matchAll(
      which === 'start' ? /(?:from|import)\s*'([^']+)'/g : /(?:from|import)\s*\(?\s*'([^']+)'/g,
    )
    return Array.from(found, ([, to = '']) => ({ from: file, to }))
  })
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : ''
}

function explain({ from, to }: Import): string {
  return `${from} must not import ${to}`
}

function findCircle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of graph.keys()) {
    const circle = visit(file, [])
    if (circle.length > 0) return circle
  }
  return []
}
