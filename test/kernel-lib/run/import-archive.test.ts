import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import type { Invocation } from '../../../kernel-lib/command.ts'
import command from '../../../kernel-lib/run/commands/import.ts'
import { importArchive } from '../../../kernel-lib/run/import/import.ts'
import { load } from '../../../kernel-lib/tables/load.ts'
import { describe } from '../../suite.ts'
import { archive, type Entry, finish, inFolder, refuses, started, tar } from './testground-archive.ts'

const honest: readonly Entry[] = [
  { path: 'r1/', type: 'Directory' },
  { path: 'r1/single/0/', type: 'Directory' },
  { path: 'r1/single/0/run.out', content: started() + finish(10, 'ok') },
  { path: 'r1/single/1/run.out', content: started() + finish(10, 'ok') },
]
const refusesEntry = (entry: Entry, message: RegExp) =>
  inFolder(async (folder, runs) => {
    await refuses(importArchive(archive(folder, [...honest, entry]), { runsFolder: runs }), message, runs)
    assert.not(existsSync(join(folder, 'escaped')))
  })

describe('an archive', (test) => {
  test('that is absent, a folder, empty or of another kind is refused and says so', () =>
    inFolder(async (folder, runs) => {
      const options = { runsFolder: runs }
      await refuses(importArchive(join(folder, 'none.tgz'), options), /none\.tgz: there is no such file/, runs)
      await refuses(importArchive(folder, options), /not a file/, runs)
      const path = join(folder, 'x.tgz')
      writeFileSync(path, '')
      await refuses(importArchive(path, options), /not a gzip file/, runs)
      writeFileSync(path, tar(honest))
      await refuses(importArchive(path, options), /not a gzip file/, runs)
      writeFileSync(path, 'PK\x03\x04 and so on')
      await refuses(importArchive(path, options), /zip archive.*pack it again as \.tgz/, runs)
      writeFileSync(path, gzipSync('no tar at all, but some text that is long enough'.repeat(40)))
      await refuses(importArchive(path, options), /x\.tgz: .*copy it again/, runs)
    }))

  test('cut short anywhere is refused and leaves nothing', () =>
    inFolder(async (folder, runs) => {
      const whole = readFileSync(archive(folder, honest))
      for (const share of [0.2, 0.5, 0.9]) {
        const path = archive(folder, honest)
        truncateSync(path, Math.floor(whole.length * share))
        await refuses(importArchive(path, { runsFolder: runs }), /collected\.tgz: the archive is cut short/, runs)
      }
      const cutTar = join(folder, 'cut.tgz')
      writeFileSync(cutTar, gzipSync(gunzipSync(whole).subarray(0, 1700)))
      await refuses(importArchive(cutTar, { runsFolder: runs }), /Truncated input|cut short/, runs)
    }))

  test('with a damaged byte is refused', () =>
    inFolder(async (folder, runs) => {
      const path = archive(folder, honest)
      const bytes = readFileSync(path)
      bytes[Math.floor(bytes.length / 2)] = 0xff - (bytes[Math.floor(bytes.length / 2)] ?? 0)
      writeFileSync(path, bytes)
      await refuses(importArchive(path, { runsFolder: runs }), /damaged|cut short|copy it again/, runs)
    }))

  test('with a path that leads out is refused', async () => {
    await refusesEntry({ path: '../escaped', content: 'x' }, /leads out of the archive/)
    await refusesEntry({ path: 'r1/single/0/../../../../escaped', content: 'x' }, /leads out of the archive/)
    await refusesEntry({ path: '/tmp/escaped', content: 'x' }, /absolute path/)
    await refusesEntry({ path: 'r1\\single\\0\\escaped', content: 'x' }, /backslash/)
    await refusesEntry({ path: 'C:/escaped', content: 'x' }, /absolute path/)
  })

  test('with a group called like a file of the run is refused', async () => {
    await refusesEntry({ path: 'r1/schemas/0/run.out', content: 'x' }, /no group can be called schemas/)
    await refusesEntry({ path: 'r1/record.json/0/run.out', content: 'x' }, /no group can be called record\.json/)
  })

  test('with a link or a device is refused', async () => {
    const path = 'r1/single/0/link'
    await refusesEntry({ path, type: 'SymbolicLink', linkpath: '/etc/passwd' }, /is a SymbolicLink; only files/)
    await refusesEntry({ path, type: 'Link', linkpath: 'r1/single/0/run.out' }, /is a Link; only files/)
    await refusesEntry({ path, type: 'CharacterDevice' }, /is a CharacterDevice/)
    await refusesEntry({ path, type: 'FIFO' }, /is a FIFO/)
  })

  test('with too much in one file or in all is refused before it is written', () =>
    inFolder(async (folder, runs) => {
      const big = { path: 'r1/single/0/big.out', content: 'x'.repeat(50_000) }
      const path = archive(folder, [...honest, big, { ...big, path: 'r1/single/1/big.out' }])
      const limited = (limits: object) => importArchive(path, { runsFolder: runs, limits })
      await refuses(limited({ fileBytes: 40_000 }), /big\.out holds 50000 bytes; at most 40000/, runs)
      await refuses(limited({ totalBytes: 60_000 }), /more than 60000 bytes together/, runs)
      assert.ok(await limited({}))
    }))

  test('with one path twice, two runs, or no instance is refused', async () => {
    await refusesEntry({ path: 'r1/single/0/run.out', content: 'x' }, /is there twice/)
    await refusesEntry({ path: 'r1/single/00/run.out', content: 'x' }, /is there twice/)
    await refusesEntry({ path: 'r2/single/0/run.out', content: 'x' }, /several runs \(r1, r2\)/)
    await inFolder(async (folder, runs) => {
      const path = archive(folder, [{ path: 'a.txt', content: 'x' }])
      await refuses(importArchive(path, { runsFolder: runs }), /no file in it lies at <run>/, runs)
      const mute = archive(folder, [{ path: 'r1/single/0/run.out', content: 'free text\n' }])
      await refuses(importArchive(mute, { runsFolder: runs }), /no run\.out in it has a start event/, runs)
    })
  })

  test('keeps its files as artifacts, names what belongs to no instance, and is named by its checksum', () =>
    inFolder(async (folder, runs) => {
      const deep = { path: './r1/single/0/sub/deep.out', content: 'deep' }
      const path = archive(folder, [...honest, deep, { path: 'r1/notes.txt', content: 'x' }])
      const record = await importArchive(path, { runsFolder: runs })
      assert.is(readFileSync(join(runs, record.run, 'single/0/sub/deep.out'), 'utf8'), 'deep')
      assert.equal(
        record.artifacts.filter(({ path }) => path.endsWith('deep.out')).map(({ path, bytes }) => [path, bytes]),
        [['single/0/sub/deep.out', 4]],
      )
      assert.equal(record.placement, { notConverted: ['r1/notes.txt'] })
      assert.is(record.imported?.file, 'collected.tgz')
      assert.match(record.imported?.sha256 ?? '', /^[0-9a-f]{64}$/)
    }))

  test('with hundreds of files, empty, small and large, arrives whole', () =>
    inFolder(async (folder, runs) => {
      const contents = Array.from({ length: 300 }, (_, i) => `${i}`.repeat([0, 1, 600, 90_000][i % 4] ?? 0))
      const many = contents.map((content, i) => ({ path: `r1/single/${i % 2}/file-${i}.out`, content }))
      const record = await importArchive(archive(folder, [...honest, ...many]), { runsFolder: runs })
      for (const [i, content] of contents.entries())
        assert.is(readFileSync(join(runs, record.run, `single/${i % 2}/file-${i}.out`), 'utf8'), content)
      assert.is(record.artifacts.filter(({ path }) => path.includes('file-')).length, 300)
    }))

  test('that cannot be written, as on a full disk, is told and leaves nothing', () =>
    inFolder(async (folder, runs) => {
      const clash = { path: 'r1/single/0/run.out/below-a-file', content: 'x' }
      const work = importArchive(archive(folder, [...honest, clash]), { runsFolder: runs })
      const error = await work.then(
        () => null,
        (reason: NodeJS.ErrnoException) => reason,
      )
      assert.ok(error?.code === 'ENOTDIR' || error?.code === 'EEXIST', String(error))
      assert.not(existsSync(runs))
    }))

  test('imported twice makes two runs', () =>
    inFolder(async (folder, runs) => {
      const path = archive(folder, honest)
      const [a, b] = [await importArchive(path, { runsFolder: runs }), await importArchive(path, { runsFolder: runs })]
      assert.is.not(a.run, b.run)
      assert.is(a.specHash, b.specHash)
      const pooled = load([a.run, b.run], { runsFolder: runs })
      const error = await pooled.then(
        () => null,
        (reason: Error) => reason,
      )
      assert.match(error?.message ?? '', /imported from the same archive; load one of them/)
    }))

  test('whose import is aborted leaves nothing', () =>
    inFolder(async (folder, runs) => {
      const work = importArchive(archive(folder, honest), { runsFolder: runs, signal: AbortSignal.abort() })
      const error = await work.then(
        () => null,
        (reason: Error) => reason,
      )
      assert.is(error?.name, 'AbortError')
      assert.not(existsSync(runs))
    }))
})

describe('hoplab import', (test) => {
  const invoked = async (positionals: string[], values: Invocation['values']) => {
    const [out, err] = [[] as string[], [] as string[]]
    const workspace = { root: '', commands: [], plans: [], observers: [] }
    const lines = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
    const code = await command.run({ positionals, values, ...lines, workspace, signal: new AbortController().signal })
    return { code, out, err }
  }

  test('prints one JSON object, and exits 0 though the run was no success', () =>
    inFolder(async (folder, runs) => {
      const path = archive(folder, honest.slice(0, 3))
      const { code, out, err } = await invoked([path], { runs, json: true })
      assert.equal([code, out.length, err.length], [0, 1, 0])
      const summary = JSON.parse(out[0] ?? '')
      assert.is(Object.keys(summary)[0], 'schema')
      assert.equal(
        [summary.harness, summary.outcome, summary.folder],
        ['testground', 'unknown', join(runs, summary.run)],
      )
      assert.equal([summary.instances.expected, summary.instances.success, summary.instances.unknown], [2, 1, 1])
    }))

  test('says for people how many instances ended how, and what was left out', () =>
    inFolder(async (folder, runs) => {
      const { out, err } = await invoked([archive(folder, [...honest, { path: 'r1/notes.txt', content: 'x' }])], {
        runs,
      })
      assert.is(out[0], 'dht/find-peers   2 instances: 2 success')
      assert.equal(err, ['not converted: r1/notes.txt'])
    }))

  test('takes one archive', () =>
    inFolder(async (_, runs) => {
      await refuses(invoked([], { runs }), /write one archive/, runs)
      await refuses(invoked(['a.tgz', 'b.tgz'], { runs }), /write one archive/, runs)
    }))
})
