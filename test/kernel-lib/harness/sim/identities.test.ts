// time limit: 240 s
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { isAlive, type ProcessName } from '../../../../kernel-lib/harness/machine/process.ts'
import type { RunEvent } from '../../../../kernel-lib/run/observer.ts'
import { trackProgress } from '../../../../kernel-lib/run/progress/progress.ts'
import { tally } from '../../../../kernel-lib/run/progress/words.ts'
import { run } from '../../../../kernel-lib/run/run.ts'
import { describe } from '../../../suite.ts'
import { freshRuns } from '../../run/experiment-of.ts'
import { freshFolder } from '../../run/fresh-folder.ts'
import { peopledExperiment } from './peopled.ts'

process.env.XDG_CACHE_HOME = freshFolder()
const shelf = join(process.env.XDG_CACHE_HOME, 'hoplab', 'identities')

/** Runs with a seed, and what an onlooker was shown of the making. */
async function watched(seed: number, onEvent: (event: RunEvent) => void = () => {}, signal?: AbortSignal) {
  const tracker = trackProgress()
  const shown: string[] = []
  const observer = (event: RunEvent): void => {
    tracker.take(event)
    onEvent(event)
    const view = tracker.view(0)
    if (event.kind === 'making' && view !== null) shown.push(tally(view))
  }
  const experiment = await peopledExperiment({ testCase: 'ask', groups: [{ id: 'open', share: 1 }], seed, total: 3000 })
  const runsFolder = freshRuns()
  const options = { runsFolder, observers: [observer], ...(signal === undefined ? {} : { signal }) }
  const record = await run(experiment, options)
  return { record, shown, sha256: (record.placement?.identities as { sha256: string } | undefined)?.sha256 }
}

describe('identities of a warm network', (test) => {
  test('are made before it, told, and kept for the next of the same seed and size', async () => {
    const first = await watched(1)
    assert.is(first.record.outcome, 'success', JSON.stringify(first.record.instances))
    assert.equal(first.shown, ['identities 0 of 3,000', 'identities 1,500 of 3,000', 'identities 3,000 of 3,000'])
    assert.match(first.sha256 ?? '', /^[0-9a-f]{64}$/)
    const again = await watched(1)
    assert.equal(again.shown, [])
    assert.is(again.sha256, first.sha256)
    const other = await watched(2)
    assert.is(other.shown.length, 3)
    assert.is.not(other.sha256, first.sha256)
    assert.is(readdirSync(shelf).length, 2)
  })

  test('that are not what was kept are made anew', async () => {
    const { sha256 } = await watched(3)
    const kept = readdirSync(shelf).find((name) => name.endsWith(`-${sha256}.bin`)) ?? ''
    writeFileSync(join(shelf, kept), 'something else')
    const again = await watched(3)
    assert.is(again.shown.length, 3)
    assert.is(again.sha256, sha256)
    assert.is(readFileSync(join(shelf, kept), 'utf8'), 'seed 3, 3000 nodes\n')
  })

  test('that nobody asked for in a month go when others are made, and those that were asked for stay', async () => {
    const [unused, used] = [await watched(4), await watched(5)]
    const names = (sha256 = '') => readdirSync(shelf).filter((name) => name.endsWith(`-${sha256}.bin`))
    const old = new Date(Date.now() - 31 * 24 * 3_600_000)
    for (const name of [...names(unused.sha256), ...names(used.sha256)]) utimesSync(join(shelf, name), old, old)
    assert.equal((await watched(5)).shown, [])
    await watched(6)
    assert.equal([names(unused.sha256).length, names(used.sha256).length], [0, 1])
  })

  test('that cannot be made are a failure that says why', async () => {
    const { record } = await watched(13)
    assert.is(record.outcome, 'failure')
    const reason = record.instances[0]?.reason ?? ''
    assert.match(
      reason,
      /^failure before it was started: identities of 3000 nodes: .*identities\.ts ended by exit code 1: /,
    )
    assert.match(reason, 'there are no identities of this seed')
    assert.is(readdirSync(shelf).filter((name) => !name.endsWith('.bin')).length, 0)
  })

  test('are made no further when the run is interrupted', async () => {
    const interrupt = new AbortController()
    const { record } = await watched(14, ({ kind }) => kind === 'making' && interrupt.abort(), interrupt.signal)
    assert.is(record.outcome, 'canceled', JSON.stringify(record.instances))
    assert.is(readdirSync(shelf).filter((name) => !name.endsWith('.bin')).length, 0)
  })

  test('are made no further when the launcher is killed', async () => {
    const runsFolder = freshRuns()
    const options = ['--conditions=hoplab-source', '--import', 'tsx', join(import.meta.dirname, 'launch-peopled.ts')]
    const launcher = spawn(process.execPath, [...options, runsFolder], { stdio: 'ignore' })
    const started = await firstProcess(runsFolder)
    assert.ok(isAlive(started))
    launcher.kill('SIGKILL')
    await once(launcher, 'exit')
    for (let waited = 0; isAlive(started) && waited < 100; waited++) await sleep(50)
    assert.not.ok(isAlive(started))
  })
})

async function firstProcess(runsFolder: string): Promise<ProcessName> {
  for (let waited = 0; waited < 600; waited++) {
    await sleep(100)
    const [name] = existsSync(runsFolder) ? readdirSync(runsFolder).filter((one) => !one.startsWith('.')) : []
    const file = join(runsFolder, name ?? '', 'processes.ndjson')
    if (name !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '')
  }
  throw new Error('no process came up')
}
