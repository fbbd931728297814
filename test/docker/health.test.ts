import * as assert from 'uvu/assert'
import type { Command } from '../../kernel-lib/command.ts'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { nameProcess, processSpace } from '../../kernel-lib/harness/machine/process.ts'
import healthcheck from '../../kernel-lib/run/commands/healthcheck.ts'
import terminate from '../../kernel-lib/run/commands/terminate.ts'
import { fixtures, freshRuns } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { leftAfter, leftOf } from './left.ts'
import { engine } from './needs.ts'
import { type OwnEngine, ownEngine, startOwnEngine } from './own-engine.ts'

async function say(command: Command, values: Record<string, unknown>) {
  const lines: string[] = []
  const out = (line: string) => lines.push(line)
  const signal = new AbortController().signal
  const code = await command.run({
    positionals: [],
    values: values as never,
    out,
    err: out,
    signal,
    workspace: fixtures,
  })
  return { code, text: lines.join('\n') }
}

/** A network that a run whose launcher is gone left, and one that is somebody else's. */
async function leave(run: string) {
  const dead = JSON.stringify({ ...nameProcess(process.pid), start: '1', space: processSpace() })
  const host = openEngine()
  await host.createNetwork({
    Name: `hoplab-${run}-data`,
    Internal: true,
    Labels: { 'hoplab.run': run, 'hoplab.owner': dead },
  })
  return host.createNetwork({ Name: `somebody-${run}`, Internal: true, Labels: { 'not.hoplab.run': run } })
}

describe(
  'hoplab healthcheck --runner docker',
  (test) => {
    test('tells engine, leftovers, subnets, neighbours, shaping and images, and is ready', async () => {
      const { code, text } = await say(healthcheck, { runner: 'docker', json: true, runs: freshRuns() })
      const { ready, findings, schema } = JSON.parse(text)
      assert.is(code, 0)
      assert.is(schema, 'hoplab/health/2')
      assert.ok(ready)
      assert.equal(
        findings.map(({ what }: { what: string }) => what),
        ['engine', 'leftovers', 'subnets', 'neighbours', 'shaping', 'images'],
      )
      assert.match(findings[0].found, /^Docker \S+, API \d+\.\d+, at /)
    })
  },
  [engine],
)

describe(
  'what a dead run left in an engine that nobody else uses',
  (test) => {
    let own: OwnEngine
    test.before(async () => {
      own = await startOwnEngine()
      process.env.DOCKER_HOST = `unix://${own.socket}`
    })
    test.after(async () => {
      delete process.env.DOCKER_HOST
      await own.end()
    })

    for (const [name, command] of [
      ['--fix', healthcheck],
      ['terminate', terminate],
    ] as const)
      test(`is removed by ${name}, and nothing of others is`, async () => {
        const run = `DEAD${Date.now()}`
        const theirs = await leave(run)
        try {
          const runs = freshRuns()
          if (command === healthcheck)
            assert.match((await say(healthcheck, { runner: 'docker', runs })).text, /leftovers +of/)
          assert.is((await leftOf(run)).length, 1)
          const { text } = await say(command, { runner: 'docker', fix: true, runs })
          assert.match(text, /: removed 0 containers and \d+ networks of /)
          assert.match(text, run)
          assert.equal(await leftAfter(run), [])
          assert.ok(await theirs.inspect())
        } finally {
          await theirs.remove()
        }
      })
  },
  [ownEngine],
)
