import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { archiveBytes, imageOf } from '../../../../kernel-lib/harness/docker/image/archive.ts'
import { layerOf } from '../../../../kernel-lib/harness/docker/image/layer.ts'
import { packPlan } from '../../../../kernel-lib/harness/docker/image/plan.ts'
import { remembered } from '../../../../kernel-lib/harness/docker/image/remembered.ts'
import { type Entry, fileEntry, tarBytes } from '../../../../kernel-lib/harness/docker/image/tar.ts'
import type { Plan } from '../../../../kernel-lib/harness/harness.ts'
import { describe } from '../../../suite.ts'
import { experimentOf } from '../../run/experiment-of.ts'
import { freshFolder } from '../../run/fresh-folder.ts'
import { folderWith } from '../../run/toy-workspace.ts'

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** What tar(1) makes of an archive. */
async function unpacked(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const folder = freshFolder()
  execFileSync('tar', ['-x', '-C', folder], { input: await bytesOf(chunks) })
  return folder
}

async function planIn(folder: string): Promise<Plan> {
  const { plan } = await experimentOf({ plan: 'foreign', case: 'end', groups: [{ id: 'a', count: 1 }] })
  return { ...plan, folder }
}

/** A workspace where a plan needs a package of ours by a link, and that one a package of others, which brings its own copy of another. */
function workspace(): string {
  const root = folderWith({
    'plans/p/package.json': '{"dependencies":{"ours":"1"},"peerDependencies":{"absent":"1"},"files":["dist"]}',
    'plans/p/dist/main.js': 'main',
    'plans/p/dist/main.js.map': 'map',
    'plans/p/notes.txt': 'not in files',
    'ours/package.json': '{"dependencies":{"theirs":"1"},"files":["dist"]}',
    'ours/dist/index.js': 'ours',
    'ours/secret.env': 'not in files',
    'node_modules/theirs/package.json': '{"dependencies":{"deep":"1"}}',
    'node_modules/theirs/index.js': 'theirs',
    'node_modules/theirs/index.d.ts': 'types',
    'node_modules/theirs/node_modules/deep/package.json': '{}',
    'node_modules/theirs/node_modules/deep/index.js': 'own copy',
    'node_modules/deep/package.json': '{}',
    'node_modules/unrelated/package.json': '{}',
  })
  symlinkSync('../ours', join(root, 'node_modules/ours'))
  return root
}

describe('an image', (test) => {
  test('is what tar reads: long names, links, modes, empty files', async () => {
    const long = `/${'a'.repeat(90)}/${'b'.repeat(90)}/${'c'.repeat(90)}`
    const entries: Entry[] = [
      fileEntry('/plain', 'x'.repeat(513), 0o755),
      fileEntry('/empty', ''),
      fileEntry(long, 'deep'),
      { kind: 'link', path: '/link', mode: 0o777, target: `.${long}` },
    ]
    const { entries: all } = await layerOf(entries)
    const folder = await unpacked(tarBytes(all))
    assert.is(readFileSync(join(folder, 'plain'), 'utf8').length, 513)
    assert.is(readFileSync(join(folder, 'empty'), 'utf8'), '')
    assert.is(readFileSync(join(folder, 'link'), 'utf8'), 'deep')
  })

  test('has the same digest for the same contents, and another for others', async () => {
    const layer = await layerOf([fileEntry('/a', '1'), fileEntry('/b', '2')])
    const turned = await layerOf([fileEntry('/b', '2'), fileEntry('/a', '1')])
    assert.is(turned.sha256, layer.sha256)
    assert.is.not((await layerOf([fileEntry('/a', '1'), fileEntry('/b', '3')])).sha256, layer.sha256)
    const { digest } = imageOf('x', [layer], ['run'])
    assert.is(imageOf('x', [turned], ['run']).digest, digest)
    assert.is.not(imageOf('x', [layer], ['walk']).digest, digest)
  })

  test('is summed once of files that stay as they are, and anew of what was just written', async () => {
    const cache = process.env.XDG_CACHE_HOME
    process.env.XDG_CACHE_HOME = freshFolder()
    try {
      let sums = 0
      const sum = async () => {
        sums += 1
        return { sha256: 'x', sizeBytes: sums }
      }
      const copy = (from: string): Entry[] => [{ kind: 'copy', path: '/one', mode: 0o644, from }]
      const old = copy(process.execPath)
      assert.equal(
        [await remembered(old, sum), await remembered(old, sum)].map(({ sizeBytes }) => sizeBytes),
        [1, 1],
      )
      await remembered([...old, fileEntry('/two', '2')], sum)
      assert.is(sums, 2)
      const file = join(folderWith({ one: '1' }), 'one')
      const first = await layerOf(copy(file))
      assert.is(first.sha256, (await layerOf([fileEntry('/one', '1')])).sha256)
      writeFileSync(file, '2')
      assert.is((await layerOf(copy(file))).sha256, (await layerOf([fileEntry('/one', '2')])).sha256)
    } finally {
      if (cache === undefined) delete process.env.XDG_CACHE_HOME
      else process.env.XDG_CACHE_HOME = cache
    }
  })

  test('is archived with the layers that it names, by their digests', async () => {
    const image = imageOf('x', [await layerOf([fileEntry('/a', '1')])], ['run'])
    const folder = await unpacked(archiveBytes(image))
    const [{ Config, RepoTags, Layers }] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    assert.equal(RepoTags, [`hoplab/x:${image.digest.slice(0, 16)}`])
    const sum = (file: string) => execFileSync('sha256sum', [join(folder, file)], { encoding: 'utf8' }).split(' ')[0]
    assert.is(sum(Config), image.digest)
    const config = JSON.parse(readFileSync(join(folder, Config), 'utf8'))
    assert.is(`sha256:${sum(Layers[0])}`, config.rootfs.diff_ids[0])
  })

  test('holds a plan and what it depends on, and nothing else', async () => {
    const root = workspace()
    const { entries, command } = packPlan(await planIn(join(root, 'plans/p')), 'dist/main.js')
    assert.equal(command, ['/usr/bin/node', '/app/plans/p/dist/main.js'])
    assert.equal(entries.map(({ path }) => path).sort(), [
      '/app/node_modules/ours',
      '/app/node_modules/theirs/index.js',
      '/app/node_modules/theirs/node_modules/deep/index.js',
      '/app/node_modules/theirs/node_modules/deep/package.json',
      '/app/node_modules/theirs/package.json',
      '/app/ours/dist/index.js',
      '/app/ours/package.json',
      '/app/plans/p/dist/main.js',
      '/app/plans/p/package.json',
    ])
    const link = entries.find(({ kind }) => kind === 'link')
    assert.is(link?.kind === 'link' && link.target, '../ours')
  })

  test('does not depend on where its plan stands', async () => {
    const digests = []
    for (const root of [workspace(), workspace()]) {
      const { entries } = packPlan(await planIn(join(root, 'plans/p')), 'dist/main.js')
      digests.push((await layerOf(entries)).sha256)
    }
    assert.is(digests[0], digests[1])
  })

  test('is refused by the names of all packages that are not installed', async () => {
    const root = folderWith({ 'p/package.json': '{"dependencies":{"one-gone":"1","two-gone":"1"}}', 'p/main.js': '' })
    const plan = await planIn(join(root, 'p'))
    assert.throws(() => packPlan(plan, 'main.js'), /not installed: one-gone .*two-gone .*npm install/)
  })

  test('holds all of a plan that is no package', async () => {
    const root = folderWith({ 'p/main.mjs': '', 'p/lib/a.mjs': '', 'p/.git/config': '' })
    mkdirSync(join(root, 'p/node_modules'))
    writeFileSync(join(root, 'p/node_modules/x.js'), '')
    const { entries, command } = packPlan(await planIn(join(root, 'p')), 'main.mjs')
    assert.equal(entries.map(({ path }) => path).sort(), ['/app/lib/a.mjs', '/app/main.mjs'])
    assert.equal(command, ['/usr/bin/node', '/app/main.mjs'])
  })
})
