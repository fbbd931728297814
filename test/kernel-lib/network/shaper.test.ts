import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { cacheFolder } from '../../../kernel-lib/network/cache-folder.ts'
import { startShaper } from '../../../kernel-lib/network/shaper/process.ts'
import { compileShaper } from '../../../kernel-lib/network/shaper.ts'
import { compiler } from '../../services/net/needs.ts'
import { describe } from '../../suite.ts'

const packageFolder = join(import.meta.dirname, '../../../kernel-lib')
const sourceFolder = join(packageFolder, 'network/shaper')
const sources = readdirSync(sourceFolder).filter((name) => /\.[ch]$/.test(name))

/** Runs with other variables in the environment, and puts back those that were. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, use: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  try {
    Object.assign(process.env, variables)
    return await use()
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-shaper-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing was wrong',
    ({ name, message }: Error) => `${name}: ${message}`,
  )

describe(
  'the shaper’s program',
  (test) => {
    test('is compiled once into the cache, by two at once as well', () =>
      inFolder((folder) =>
        withEnvironment({ XDG_CACHE_HOME: folder }, async () => {
          const files = await Promise.all([compileShaper(), compileShaper()])
          assert.is(files[0], files[1])
          assert.is(await compileShaper(), files[0])
          assert.equal(
            readdirSync(join(folder, 'hoplab')).map((name) => join(folder, 'hoplab', name)),
            [files[0]],
          )
        }),
      ))

    test('compiles without a warning', () =>
      inFolder(async (folder) => {
        const files = sources.filter((name) => name.endsWith('.c')).map((name) => join(sourceFolder, name))
        assert.ok(files.length > 5)
        const strict = ['-O2', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror']
        execFileSync('cc', [...strict, '-o', join(folder, 'shaper'), ...files], { stdio: 'pipe' })
      }))

    test('takes commands once it says that it is ready', async () => {
      const shaper = await startShaper(await compileShaper(), { seed: 1 })
      assert.match(shaper.scheduling, /^(fifo|nice|normal)$/)
      assert.is((await shaper.stats()).packets, 0)
      await shaper.close()
      assert.is(await shaper.ended, 'exit code 0')
    })

    test('that is none, or ends at once, is said', async () => {
      assert.match(await message(startShaper('/nowhere/shaper', { seed: 1 })), /the shaper ended \(spawn .*ENOENT\)/)
      assert.match(await message(startShaper('/bin/false', { seed: 1 })), /the shaper ended \(exit code 1\)/)
    })
  },
  [compiler],
)

describe('where the shaper comes from', (test) => {
  test('is named when there is no compiler, with what to install', async () => {
    const told = await withEnvironment({ PATH: '/nowhere' }, () => message(compileShaper()))
    assert.match(told, /^AbsentError: cc: not on PATH; .*apt-get install gcc libc6-dev.*load sch_netem$/)
  })

  test('is the published package, which has every C file', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: packageFolder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as { files: { path: string }[] }[]
    const paths = new Set(packed?.files.map(({ path }) => path))
    assert.ok(sources.length > 10)
    assert.equal(
      sources.filter((name) => !paths.has(`network/shaper/${name}`)),
      [],
    )
  })
})

describe('the cache folder', (test) => {
  test('is the user’s, and one in the temp folder where that cannot be written', () =>
    inFolder(async (folder) => {
      assert.is(await cacheFolder({ XDG_CACHE_HOME: folder }), join(folder, 'hoplab'))
      const spare = await withEnvironment({ TMPDIR: folder }, () => cacheFolder({ XDG_CACHE_HOME: process.execPath }))
      assert.match(spare, /hoplab-cache-\d+$/)
      assert.is(dirname(spare), folder)
    }))

  test('is none that others may write', () =>
    inFolder(async (folder) => {
      const own = await cacheFolder({ XDG_CACHE_HOME: folder })
      chmodSync(own, 0o777)
      const other = await withEnvironment({ TMPDIR: folder }, () => cacheFolder({ XDG_CACHE_HOME: folder }))
      assert.match(other, /hoplab-cache-\d+$/)
    }))
})
