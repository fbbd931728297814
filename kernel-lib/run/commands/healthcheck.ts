import { type Command, common } from '../../command.ts'
import type { Finding } from '../../harness/harness.ts'

const command: Command = {
  name: 'healthcheck',
  summary: 'says what a runner needs and this machine lacks',
  usage: '',
  options: {
    runner: common.runner,
    fix: {
      type: 'boolean',
      about: 'ends what dead runs left behind, writes their records, and mends what a program can',
    },
    runs: common.runs,
    json: common.json,
  },
  examples: [
    { line: 'hoplab healthcheck', about: 'whether instances can run here as processes' },
    { line: 'hoplab healthcheck --runner docker --fix', about: 'the same for containers; removes what dead runs left' },
  ],
  async run({ positionals, values, out }) {
    if (positionals.length > 0) {
      const { InputError } = await import('../../errors.ts')
      throw new InputError(`hoplab healthcheck: takes no name; write --runner ${positionals[0]} to look at a runner`)
    }
    const [{ harnessOf }, { settle }, { runsFolderOf }] = await Promise.all([
      import('../../harness/harnesses.ts'),
      import('../settle.ts'),
      import('../runs-folder.ts'),
    ])
    const runner = String(values.runner ?? 'exec')
    const harness = await harnessOf(runner)
    const settled = values.fix ? await settle(runsFolderOf(values.runs)) : []
    const found = await harness.examine()
    const mended = values.fix ? await mend(found) : []
    const findings = mended.length > 0 ? await harness.examine() : found
    const ready = !findings.some(({ blocks }) => blocks)
    if (values.json) {
      const fixed = settled.map(({ run, outcome }) => ({ run, outcome }))
      out(JSON.stringify({ schema: 'hoplab/health/2', runner, ready, findings: findings.map(shown), fixed, mended }))
    } else {
      for (const { run, outcome } of settled) out(`${run}  its launcher was gone; recorded as ${outcome}`)
      for (const { what, did } of mended) out(`${what}: ${did}`)
      for (const line of lines(findings)) out(line)
      out(ready ? `${runner} is ready` : `${runner} is not ready`)
    }
    return ready ? 0 : 3
  },
}

/** Mends one thing after the other, in the order in which the harness tells them. */
async function mend(findings: readonly Finding[]): Promise<readonly { readonly what: string; readonly did: string }[]> {
  const mended = []
  for (const { what, mend } of findings) if (mend !== null) mended.push({ what, did: await mend() })
  return mended
}

function shown({ what, found, fix, blocks }: Finding) {
  return { what, found, fix, blocks }
}

function lines(findings: readonly Finding[]): readonly string[] {
  const width = Math.max(...findings.map(({ what }) => what.length))
  return findings.flatMap(({ what, found, fix }) => [
    `${what.padEnd(width)}  ${found}`,
    ...(fix === null ? [] : [`${''.padEnd(width)}  to do: ${fix}`]),
  ])
}

export default command
