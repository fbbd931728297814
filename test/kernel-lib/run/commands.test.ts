// time limit: 180 s
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Command, Invocation } from '../../../kernel-lib/command.ts'
import healthcheck from '../../../kernel-lib/run/commands/healthcheck.ts'
import run from '../../../kernel-lib/run/commands/run.ts'
import runs from '../../../kernel-lib/run/commands/runs.ts'
import terminate from '../../../kernel-lib/run/commands/terminate.ts'
import { folderStore } from '../../../kernel-lib/store/folder.ts'
import { describe } from '../../suite.ts'
import { fixtures, freshRuns } from './experiment-of.ts'

const two = join(fixtures.root, 'plans/ends/compositions/two.toml')
const wait = join(fixtures.root, 'plans/foreign/compositions/wait-40.toml')

interface Said {
  readonly code: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

async function say(command: Command, positionals: readonly string[], more: Partial<Invocation> = {}): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const code = await command.run({
    positionals,
    values: {},
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    signal: new AbortController().signal,
    workspace: fixtures,
    ...more,
  })
  return { code, out, err }
}

const refused = (promise: Promise<unknown>, message: RegExp): Promise<void> =>
  promise.then(
    () => assert.unreachable(`not refused; expected ${message}`),
    (error: Error) => {
      assert.is(error.name, 'InputError')
      assert.match(error.message, message)
    },
  )

describe('hoplab run', (test) => {
  test('prints one object for machines, exits 0 on success, and keeps the artifacts where it is told', async () => {
    const folder = freshRuns()
    const store = join(dirname(folder), 'store')
    const { code, out } = await say(run, [two], { values: { runs: folder, json: true, seed: '5', store } })
    assert.is(code, 0)
    assert.is(out.length, 1)
    const summary = JSON.parse(out[0] ?? '')
    assert.equal(Object.keys(summary), ['schema', 'run', 'spec', 'outcome', 'folder', 'harness', 'seed', 'instances'])
    assert.equal(
      [summary.schema, summary.outcome, summary.seed, summary.instances.success],
      ['hoplab/run/1', 'success', 5, 2],
    )
    assert.is(summary.folder, join(folder, summary.run))
    const record = JSON.parse(readFileSync(join(summary.folder, 'record.json'), 'utf8'))
    const keys = record.artifacts.map(({ path }: { path: string }) => `${summary.run}/${path}`)
    const others = ['composition.toml', 'schemas/lookups.json'].map((path) => `${summary.run}/${path}`)
    const kept = await folderStore(store).list('')
    for (const key of [...keys, ...others, `${summary.run}/record.json`]) assert.ok(kept.includes(key), key)
  })

  test('is no success when the artifacts could not be kept where it is told', async () => {
    const folder = freshRuns()
    const store = join(dirname(folder), 'a-file')
    writeFileSync(store, '')
    const { code, out, err } = await say(run, [two], { values: { runs: folder, json: true, store } })
    assert.is(code, 1)
    assert.is(JSON.parse(out[0] ?? '').outcome, 'success')
    assert.is(err.filter((line) => /^--store .*a-file: ENOTDIR.*; the run itself is whole in /.test(line)).length, 1)
  })

  test('says the outcome in two lines for people and exits 1 when it is no success', async () => {
    const values = { runs: freshRuns(), param: ['how=failure', 'nodes=1'] }
    const { code, out, err } = await say(run, [two], { values })
    assert.is(code, 1)
    assert.match(out[0] ?? '', /^failure {2}0 of 1 instances {3}/)
    assert.match(out[1] ?? '', /^see: hoplab show 01/)
    assert.match(err.join('\n'), /single\/0 failure: Error: could not write its records; log: .*run.out/)
  })

  test('runs every repetition, each with a seed of its own, and sums them up', async () => {
    const values = { runs: freshRuns(), json: true, param: ['repetitions=2', 'nodes=1'] }
    const { code, out } = await say(run, [two], { values })
    const summary = JSON.parse(out[0] ?? '')
    assert.equal([code, summary.schema, summary.outcome, summary.runs.length], [0, 'hoplab/runs/1', 'success', 2])
    assert.is.not(summary.runs[0].seed, summary.runs[1].seed)
    assert.is.not(summary.runs[0].spec, summary.runs[1].spec)
  })

  test('exits 130 when it is interrupted, and says what came of it', async () => {
    const interrupted = new AbortController()
    setTimeout(() => interrupted.abort(), 1500)
    const values = { runs: freshRuns(), json: true, param: ['nodes=3'] }
    const { code, out } = await say(run, [wait], { values, signal: interrupted.signal })
    assert.is(code, 130)
    const summary = JSON.parse(out[0] ?? '')
    assert.equal([summary.outcome, summary.instances.canceled], ['canceled', 3])
  })

  test('refuses bad input before anything runs', async () => {
    const folder = freshRuns()
    const values = { runs: folder }
    await refused(say(run, [], { values }), /no composition; write its path/)
    await refused(say(run, [two, 'more'], { values }), /not also more/)
    await refused(say(run, ['none.toml'], { values }), /none.toml: there is no such file/)
    await refused(
      say(run, [two], { values: { ...values, param: ['how', '=3'] } }),
      /-p how: write -p name=value\n-p =3: write/,
    )
    await refused(say(run, [two], { values: { ...values, seed: 'x' } }), /--seed x: write a whole number/)
    await refused(say(run, [two], { values: { ...values, param: ['hwo=success'] } }), /hwo/)
    await refused(say(run, [two], { values: { ...values, runner: 'exce' } }), /exce/)
    assert.is(existsSync(folder), false)
  })
})

describe('hoplab runs, terminate and healthcheck', (test) => {
  test('list a run, end a live one and find nothing missing', async () => {
    const folder = freshRuns()
    const values = { runs: folder }
    assert.match((await say(runs, [], { values })).out[0] ?? '', 'no runs here')
    assert.match((await say(terminate, [], { values })).out[0] ?? '', 'nothing runs in')
    const running = say(run, [wait], { values: { ...values, param: ['nodes=2'] } })
    let list: Said['out'] = []
    while (!list.some((line) => line.includes('running'))) list = (await say(runs, [], { values })).out
    await refused(say(terminate, ['no-such'], { values }), /run no-such: no run in .* begins so; there are 01/)
    const live = JSON.parse((await say(runs, [], { values: { ...values, json: true } })).out[0] ?? '')
    assert.equal([live.runs[0].outcome, live.runs[0].instances.expected], [null, 2])
    assert.match((await say(terminate, [], { values })).out[0] ?? '', /^01\w+ {2}ended$/)
    assert.is((await running).code, 1)
    const [line] = (await say(runs, [], { values })).out
    assert.match(line ?? '', /^01\w{24} {2}canceled {2}[0-9a-f]{8} {2}foreign\/end {2}2 nodes {2}exec {2}\d{4}-/)
    assert.equal(await say(healthcheck, [], { values }), {
      code: 0,
      out: ['addresses  loopback, 127.1.0.0/16', 'exec is ready'],
      err: [],
    })
    const health = JSON.parse(
      (await say(healthcheck, [], { values: { ...values, json: true, fix: true } })).out[0] ?? '',
    )
    const addresses = { what: 'addresses', found: 'loopback, 127.1.0.0/16', fix: null, blocks: false }
    const expected = {
      schema: 'hoplab/health/2',
      runner: 'exec',
      ready: true,
      findings: [addresses],
      fixed: [],
      mended: [],
    }
    assert.equal(health, expected)
  })
})
