// time limit: 180 s
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { isAlive, type ProcessName, processStart } from '../../../kernel-lib/harness/machine/process.ts'
import { listRuns } from '../../../kernel-lib/run/list.ts'
import { readLive } from '../../../kernel-lib/run/live.ts'
import type { RunRecord } from '../../../kernel-lib/run/record.ts'
import { settle } from '../../../kernel-lib/run/settle.ts'
import { simulated } from '../../../kernel-lib/run/simulated.ts'
import { terminateRun } from '../../../kernel-lib/run/terminate.ts'
import { describe } from '../../suite.ts'
import { freshRuns } from './experiment-of.ts'

interface Launched {
  readonly launcher: ChildProcess
  readonly folder: string
  readonly runsFolder: string
  readonly processes: readonly ProcessName[]
}

/** Starts a launcher and waits until so many processes are up; a simulation has one. */
async function launch(
  plan: string,
  how: string,
  { count, runsFolder = freshRuns(), runner = 'exec' }: { count: number; runsFolder?: string; runner?: string },
): Promise<Launched> {
  const before = existsSync(runsFolder) ? readdirSync(runsFolder).length : 0
  const options = ['--conditions=hoplab-source', '--import', 'tsx']
  const launcher = spawn(
    process.execPath,
    [...options, join(import.meta.dirname, 'launch.ts'), runsFolder, plan, how, String(count), runner],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  for (let waited = 0; waited < 600; waited += 1) {
    await sleep(100)
    const run = existsSync(runsFolder)
      ? readdirSync(runsFolder)
          .filter((name) => !name.startsWith('.'))
          .sort()[before]
      : undefined
    const processes = run === undefined ? [] : recorded(join(runsFolder, run))
    if (run !== undefined && processes.length === (runner === 'sim' ? 1 : count))
      return { launcher, folder: join(runsFolder, run), runsFolder, processes }
  }
  launcher.kill('SIGKILL')
  throw new Error(`${count} processes did not come up`)
}

function recorded(folder: string): readonly ProcessName[] {
  const file = join(folder, 'processes.ndjson')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function survivors(processes: readonly ProcessName[], withinMs: number): Promise<number> {
  const deadline = Date.now() + withinMs
  while (processes.some(isAlive) && Date.now() < deadline) await sleep(50)
  return processes.filter(isAlive).length
}

describe('a run whose launcher is killed', (test) => {
  test('has no process left after 5 s, and the next look records it as no success', async () => {
    const { launcher, folder, runsFolder, processes } = await launch('foreign', 'wait', { count: 40 })
    assert.is(processes.filter(isAlive).length, 40)
    launcher.kill('SIGKILL')
    await once(launcher, 'exit')
    assert.is(await survivors(processes, 5000), 0)
    const [record] = await settle(runsFolder)
    assert.is(record?.outcome, 'unknown')
    assert.is(record?.instances.length, 40)
    assert.ok(record?.instances.every(({ outcome }) => outcome === 'unknown' || outcome === 'canceled'))
    assert.match(record?.instances[0]?.reason ?? '', 'the launcher was gone')
    const written: RunRecord = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'))
    assert.equal(written, record)
    assert.equal(readdirSync(folder).sort(), ['all', 'composition.toml', 'record.json', 'schemas'])
    assert.equal(await settle(runsFolder), [])
  })

  test('leaves none that loop and ignore signals, nor one that left its group', async () => {
    for (const how of ['loop', 'daemon']) {
      const { launcher, folder, processes } = await launch('foreign', how, { count: 2 })
      const daemons = how === 'daemon' ? await Promise.all([0, 1].map((index) => daemonOf(folder, index))) : []
      launcher.kill('SIGKILL')
      assert.is(await survivors([...processes, ...daemons], 5000), 0, how)
    }
  })

  test('is not a success although an instance had said so', async () => {
    const { launcher, folder, runsFolder } = await launch('foreign', 'linger', { count: 1 })
    const log = join(folder, 'all', '0', 'stdout.log')
    while (!existsSync(log) || !readFileSync(log, 'utf8').includes('success_event')) await sleep(50)
    launcher.kill('SIGKILL')
    await once(launcher, 'exit')
    const [record] = await settle(runsFolder)
    assert.is(record?.outcome, 'unknown')
    assert.match(record?.instances[0]?.reason ?? '', /it had printed success$/)
    assert.is(record?.instances[0]?.ending.stdoutEvents.length, 1)
  })
})

async function daemonOf(folder: string, index: number): Promise<ProcessName> {
  const file = join(folder, 'all', String(index), 'daemon.pid')
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(50)
  const pid = Number(readFileSync(file, 'utf8'))
  return { pid, start: processStart(pid) ?? '' }
}

/** Waits until an instance of a simulation has begun to write. */
async function began(folder: string): Promise<void> {
  const log = join(folder, 'all', '0', 'run.out')
  while (!existsSync(log) || readFileSync(log, 'utf8') === '') await sleep(50)
}

describe('a simulation', (test) => {
  test('whose launcher is killed has no process left after 5 s, and the next look records it as unknown', async () => {
    const { launcher, folder, runsFolder, processes } = await launch('ends', 'loop', { count: 3, runner: 'sim' })
    await began(folder)
    assert.is(processes.filter(isAlive).length, 1)
    launcher.kill('SIGKILL')
    await once(launcher, 'exit')
    assert.is(await survivors(processes, 5000), 0)
    const [record] = await settle(runsFolder)
    assert.equal([record?.outcome, record?.harness, record?.instances.length], ['unknown', 'sim', 3])
    assert.ok(record !== undefined && simulated(record)?.trace === null)
    assert.equal(await settle(runsFolder), [])
  })

  test('that is interrupted is canceled, also one that does not listen', async () => {
    const { launcher, folder, processes } = await launch('ends', 'loop', { count: 3, runner: 'sim' })
    await began(folder)
    launcher.kill('SIGINT')
    const [code] = await once(launcher, 'exit')
    assert.is(code, 0)
    assert.is(await survivors(processes, 0), 0)
    const [found] = await listRuns(join(folder, '..'))
    assert.ok(found?.state === 'ended')
    const record = found?.state === 'ended' ? found.record : null
    assert.equal(
      [record?.outcome, record?.instances.map(({ outcome }) => outcome)],
      ['canceled', Array(3).fill('canceled')],
    )
  })
})

describe('a run that is ended', (test) => {
  test('by SIGINT ends its instances and is recorded as canceled', async () => {
    const { launcher, folder, processes } = await launch('foreign', 'daemon', { count: 6 })
    const daemon = await daemonOf(folder, 0)
    const live = await readLive(folder)
    launcher.kill('SIGINT')
    const [code] = await once(launcher, 'exit')
    assert.is(code, 0)
    assert.is(await survivors([...processes, daemon], 0), 0)
    const [found] = await listRuns(join(folder, '..'))
    assert.is(found?.state === 'ended' && found.record.outcome, 'canceled')
    assert.ok(live !== null && !isAlive(live.owner))
  })

  test('by terminate is recorded by its own launcher, and another run lives on', async () => {
    const one = await launch('foreign', 'wait', { count: 2 })
    const two = await launch('foreign', 'wait', { count: 2, runsFolder: one.runsFolder })
    assert.equal(await settle(one.runsFolder), [])
    const live = await readLive(one.folder)
    if (live === null) throw new Error('no live run')
    assert.ok(await terminateRun(one.folder, live))
    assert.is(await survivors(one.processes, 0), 0)
    assert.is(two.processes.filter(isAlive).length, 2)
    two.launcher.kill('SIGINT')
    await once(two.launcher, 'exit')
    const states = (await listRuns(one.runsFolder)).map((found) => found.state === 'ended' && found.record.outcome)
    assert.equal(states, ['canceled', 'canceled'])
  })
})

describe('a folder of runs', (test) => {
  test('may hold what is no run, and a record that cannot be read is said to be so', async () => {
    const runsFolder = freshRuns()
    mkdirSync(join(runsFolder, 'notes'), { recursive: true })
    mkdirSync(join(runsFolder, 'cut'))
    writeFileSync(join(runsFolder, 'cut', 'record.json'), '{"schema":"hoplab/rec')
    writeFileSync(join(runsFolder, 'a-file'), '')
    mkdirSync(join(runsFolder, 'power-cut'))
    writeFileSync(join(runsFolder, 'power-cut', 'run.json'), '')
    const found = await listRuns(runsFolder)
    const problems = found.map((one) => (one.state === 'unreadable' ? one.problem : one.state))
    assert.is(problems.length, 2)
    assert.match(problems[0] ?? '', /^record.json is not JSON; it was cut/)
    assert.match(problems[1] ?? '', /^run.json was cut or altered/)
    assert.equal(await settle(runsFolder), [])
    assert.equal(await settle(join(runsFolder, 'none')), [])
  })
})
