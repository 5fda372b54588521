import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { loadMaintenance, removeMaintenance, saveMaintenance } from '../source/maintenance-files.ts'
import { proposeMaintenance } from '../source/operations/maintenance/maintenance.ts'
import { writeMaintenance } from '../source/operations/maintenance/maintenance-file.ts'
import { clusterOf, wellReading } from './helpers/cluster-builders.ts'
import { newFolder } from './helpers/served-world.ts'

const maintenance = proposeMaintenance(clusterOf(wellReading).nodes, {
  clusterId: 'cluster',
  by: 'ops@bastion',
  startedAt: 0,
  manner: 'plain',
})

const fileIn = async (t: TestContext) => join(await newFolder(t), 'state', 'swarmtop', 'maintenance-cluster.json')
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('a maintenance in a file', () => {
  test('comes back as it was written, and is its owner’s alone', async t => {
    const file = await fileIn(t)
    assert.equal(await saveMaintenance(file, maintenance, true), null)
    assert.equal(await saveMaintenance(file, { ...maintenance, manner: 'graceful' }, false), null)
    assert.deepEqual(await loadMaintenance(file), {
      found: { maintenance: { ...maintenance, manner: 'graceful' }, session: '' },
      trouble: null,
    })
    assert.deepEqual([await modeOf(file), await modeOf(dirname(file))], ['600', '700'])
    assert.deepEqual(await readdir(dirname(file)), ['maintenance-cluster.json'])
  })

  test('that is not there is none, and can be removed', async t => {
    const file = await fileIn(t)
    assert.deepEqual(await loadMaintenance(file), { found: null, trouble: null })
    await removeMaintenance(file)
    await saveMaintenance(file, maintenance, true)
    await removeMaintenance(file)
    assert.deepEqual(await loadMaintenance(file), { found: null, trouble: null })
  })

  test('that is damaged is kept aside, and one sentence says so', async t => {
    const file = await fileIn(t)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '{"version": 1, "maint')
    const { found, trouble } = await loadMaintenance(file)
    assert.equal(found, null)
    assert.match(
      trouble ?? '',
      /^What was kept of a maintenance is damaged: it is no JSON object\. The file is put aside as .*maintenance-cluster\.json\.damaged-\d{8}T\d{6}Z$/,
    )
    const [aside = ''] = await readdir(dirname(file))
    assert.equal(await readFile(join(dirname(file), aside), 'utf8'), '{"version": 1, "maint')
    assert.deepEqual(await loadMaintenance(file), { found: null, trouble: null })
  })

  test('is left alone where another session has written last, unless it is taken over', async t => {
    const file = await fileIn(t)
    await mkdir(dirname(file), { recursive: true })
    const others = writeMaintenance(maintenance, { pid: process.pid + 1, host: hostname() })
    await writeFile(file, others)
    assert.equal(await saveMaintenance(file, maintenance, false), 'another session has taken it over')
    assert.equal(await readFile(file, 'utf8'), others)
    assert.equal(await saveMaintenance(file, maintenance, true), null)
  })

  test('of a session that goes on here says so; of one that is gone, or of another machine, it does not', async t => {
    const file = await fileIn(t)
    await mkdir(dirname(file), { recursive: true })
    const sessions = [
      [{ pid: process.ppid, host: hostname() }, `Another session here (process ${process.ppid})`],
      [{ pid: 2 ** 22 + 1, host: hostname() }, ''],
      [{ pid: process.ppid, host: 'elsewhere' }, ''],
    ] as const
    for (const [session, expected] of sessions) {
      await writeFile(file, writeMaintenance(maintenance, session))
      assert.equal((await loadMaintenance(file)).found?.session, expected)
    }
  })

  test('that cannot be written says why', async t => {
    const file = await fileIn(t)
    await mkdir(dirname(dirname(file)), { recursive: true })
    await writeFile(dirname(file), '')
    assert.equal(await saveMaintenance(file, maintenance, true), 'a part of the path is no folder')
    assert.match(
      (await loadMaintenance(file)).trouble ?? '',
      /^A maintenance cannot be read, a part of the path is no folder: /,
    )
  })

  test('that may not be written says so', { skip: process.getuid?.() === 0 }, async t => {
    const file = await fileIn(t)
    await mkdir(dirname(file), { recursive: true })
    await chmod(dirname(file), 0o500)
    assert.equal(await saveMaintenance(file, maintenance, true), 'you may not write there')
  })
})
