// time limit: 420 s
// runs alone
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { openEngine, runLabels } from '../../kernel-lib/harness/docker/engine.ts'
import { abandonedRuns } from '../../kernel-lib/harness/docker/remove.ts'
import { harnessOf } from '../../kernel-lib/harness/harnesses.ts'
import { nameProcess, processSpace } from '../../kernel-lib/harness/machine/process.ts'
import { settle } from '../../kernel-lib/run/settle.ts'
import { freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { leftAfter, leftOf } from './left.ts'
import { engine } from './needs.ts'

interface Launched {
  readonly launcher: ChildProcess
  readonly runsFolder: string
  readonly run: string
  readonly printed: () => string
}

/** Starts a launcher and waits until so many containers run, each with a program that has printed. */
async function launch(count: number): Promise<Launched> {
  const runsFolder = freshRuns()
  const options = ['--conditions=hoplab-source', '--import', 'tsx']
  const launcher = spawn(
    process.execPath,
    [...options, join(import.meta.dirname, 'launch.ts'), runsFolder, String(count)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let text = ''
  launcher.stdout.on('data', (bytes) => {
    text += String(bytes)
  })
  for (let waited = 0; waited < 1800; waited += 1) {
    await sleep(100)
    const run = existsSync(runsFolder) ? readdirSync(runsFolder).find((name) => !name.startsWith('.')) : undefined
    if (run === undefined) continue
    const filters = { label: [`hoplab.run=${run}`], status: ['running'] }
    const up = (await openEngine().listContainers({ filters })).length === count
    const indexes = Array.from({ length: count }, (_, index) => String(index))
    if (up && indexes.every((index) => existsSync(join(runsFolder, run, 'slow', index, 'stdout.log'))))
      return { launcher, runsFolder, run, printed: () => text }
  }
  launcher.kill('SIGKILL')
  throw new Error(`${count} containers did not come up`)
}

describe(
  'a run in containers whose launcher ends',
  (test) => {
    test('by SIGKILL has nothing left of 50 containers, and the next look records it as no success', async () => {
      const { launcher, runsFolder, run } = await launch(50)
      assert.is((await leftOf(run)).length, 52)
      launcher.kill('SIGKILL')
      await once(launcher, 'exit')
      assert.equal(await leftAfter(run, 60_000), [])
      assert.equal(hidden(join(runsFolder, run)), [])
      const [record] = await settle(runsFolder)
      assert.is(record?.outcome, 'unknown')
      assert.is(record?.instances.length, 50)
    })

    test('by SIGINT is canceled, and has nothing left', async () => {
      const { launcher, runsFolder, run, printed } = await launch(3)
      launcher.kill('SIGINT')
      await once(launcher, 'exit')
      assert.is(printed().trim(), 'canceled')
      assert.equal(hidden(join(runsFolder, run)), [])
      assert.equal(await leftAfter(run), [])
    })

    test('together with its keeper is removed by the sweep of its folder', async () => {
      const { launcher, runsFolder, run } = await launch(2)
      for (const pid of [...keepersOf(run), launcher.pid ?? 0]) process.kill(pid, 'SIGKILL')
      await sleep(1500)
      assert.is((await leftOf(run)).length, 4)
      assert.ok((await abandonedRuns(openEngine())).includes(run))
      assert.is(await (await harnessOf('docker')).sweep(join(runsFolder, run)), 2)
      assert.equal(await leftAfter(run), [])
    })
  },
  [engine],
)

describe(
  'what others have in the engine',
  (test) => {
    test('is not abandoned while its owner lives, and is once it is gone', async () => {
      const host = openEngine()
      const run = `TEST${Date.now()}`
      const network = await host.createNetwork({ Name: `hoplab-${run}`, Internal: true, Labels: runLabels(run) })
      try {
        assert.not((await abandonedRuns(host)).includes(run))
      } finally {
        await network.remove()
      }
      const gone = JSON.stringify({ ...nameProcess(process.pid), start: '1', space: processSpace() })
      const dead = await host.createNetwork({
        Name: `hoplab-${run}`,
        Internal: true,
        Labels: { 'hoplab.run': run, 'hoplab.owner': gone },
      })
      try {
        assert.ok((await abandonedRuns(host)).includes(run))
      } finally {
        await dead.remove()
      }
    })
  },
  [engine],
)

/** What a run folder holds that is nobody's output. */
function hidden(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.'))
}

/** Processes that remove what a run made when its launcher is gone. */
function keepersOf(run: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(run))
    .filter((name) => commandOf(name).some((word) => word.endsWith('keeper.ts')))
    .map(Number)
}

function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
