// time limit: 240 s
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { executeNotebook } from '../../kernel-lib/kernel/execute/execute.ts'
import { findRun } from '../../kernel-lib/run/find-run.ts'
import { load } from '../../kernel-lib/tables/load.ts'
import { readRecord } from '../../kernel-lib/tables/read-record.ts'
import { build, notebookFile } from '../kernel-lib/kernel/notebooks.ts'
import { freshFolder } from '../kernel-lib/run/fresh-folder.ts'
import { fails } from '../kernel-lib/store/content.ts'
import { describe } from '../suite.ts'
import { firstMake, type S3Server } from './s3-server.ts'
import { startHoplab } from './start-hoplab.ts'

const dataset = resolve(import.meta.dirname, '../../datasets/closest-peers-12')
const make = firstMake()

/** Draws all that a run can be drawn as; a cell that needs the run to be found by its id alone. */
const cell = (given: string) => `
import { answer, figures, load } from 'hoplab'
const data = await load(${given})
const all = [figures.hopDistribution(data), figures.latencyEcdf(data), figures.messagesPerLookup(data), figures.routingGraph(data)]
for (const figure of all) console.log((await figure).svg)
console.log(JSON.stringify(answer(data)))
`

describe(
  `a run that is in ${make.name} alone`,
  (test) => {
    let server: S3Server
    let run = ''
    const kept = { cache: process.env.XDG_CACHE_HOME, store: process.env.HOPLAB_STORE }
    const newMachine = (store: string | undefined): string => {
      const cache = freshFolder()
      process.env.XDG_CACHE_HOME = cache
      if (store === undefined) delete process.env.HOPLAB_STORE
      else process.env.HOPLAB_STORE = store
      return cache
    }
    test.before(async () => {
      server = await make.open()
      run = (await readRecord(dataset)).record.run
      const { code, err } = await startHoplab(['collect', dataset, '--store', server.url('lab')]).ended
      assert.is(code, 0, err)
    })
    test.after(async () => {
      for (const [name, value] of [
        ['XDG_CACHE_HOME', kept.cache],
        ['HOPLAB_STORE', kept.store],
      ] as const)
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      await server.stop()
    })

    test('draws the same figures in a cell on a machine that never had it, byte for byte', async () => {
      build()
      const outputs = async (given: string): Promise<string> => {
        const { failed, notebook } = await executeNotebook(notebookFile(cell(given)))
        assert.is(failed, null, JSON.stringify(failed))
        const [only] = notebook.cells
        return JSON.stringify(only?.cell_type === 'code' ? only.outputs : [])
      }
      newMachine(undefined)
      const here = await outputs(`'${dataset}'`)
      newMachine(server.url('lab'))
      const there = await outputs(`'${run}', { runsFolder: '${freshFolder()}' }`)
      assert.ok((here.match(/<svg/g) ?? []).length >= 4)
      assert.is(there, here)
    })

    test('brings the files of the tables that were asked for, once', async () => {
      const cache = newMachine(undefined)
      const store = server.url('lab')
      const runsFolder = freshFolder()
      const names = (): string[] => [
        ...new Set(
          readdirSync(cache, { recursive: true, encoding: 'utf8' })
            .filter((path) => /\/\d+\/[^/]+\.\w+$/.test(path))
            .map((path) => path.replace(/^.*\//, '')),
        ),
      ]
      const { lookups, nodes } = await load(dataset)
      const some = await load(run, { runsFolder, store, tables: ['lookups'] })
      assert.is(some.lookups.numRows(), lookups.numRows())
      assert.ok(lookups.numRows() > 0)
      assert.equal(some.damage, [])
      assert.equal(names(), ['lookups.ndjson'])
      assert.throws(
        () => some.nodes,
        /table nodes: was not asked for; write load\(run, \{ tables: \['lookups', 'nodes'\]/,
      )
      const more = await load(run.slice(0, 12), { runsFolder, store })
      assert.is(more.nodes.numRows(), nodes.numRows())
      assert.ok(names().length > 2 && !names().includes('run.out'), names().join())
      await server.kill?.()
      const again = await load(run, { runsFolder, store })
      assert.is(again.lookups.numRows(), lookups.numRows())
      await server.start()
    })

    test('is not found where nobody has it, and both places are named', async () => {
      newMachine(undefined)
      const runsFolder = freshFolder()
      const error = await fails(
        load('01NOWHERE', { runsFolder, store: server.url('lab') }),
        /no run in s3:\/\/.*begins so/,
      )
      assert.match(error.message, runsFolder)
      assert.is(error.name, 'InputError')
      await fails(findRun('01NOWHERE', runsFolder), /begins so/)
    })

    test('is pulled whole, so that every command knows it', async () => {
      const to = freshFolder()
      const store = server.url('lab')
      const { code, err } = await startHoplab(['pull', run, '--to', to, '--store', store]).ended
      assert.is(code, 0, err)
      const files = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
      assert.equal(files(join(to, run)), files(dataset))
      for (const path of files(dataset).filter((path) => existsSync(join(dataset, path)) && /\.\w+$/.test(path)))
        assert.ok(Buffer.compare(readFileSync(join(to, run, path)), readFileSync(join(dataset, path))) === 0, path)
    })
  },
  [make.need],
)
