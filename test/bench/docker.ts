import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench } from './parts/bench.ts'
import { compose, composeCommand } from './parts/docker/compose.ts'
import { loop } from './parts/docker/loop.ts'
import { ours, pods, shaped, sleeperImage } from './parts/docker/ours.ts'
import { type Sleeper, sleeperPlan } from './parts/docker/sleeper.ts'
import { tableOf } from './parts/docker/table.ts'
import type { Took, Way } from './parts/docker/way.ts'

const usualSizes = [10, 50]
const perPod = 25
const allSizes = [10, 50, 100, 200]

export default {
  about:
    'Containers started and removed: harness docker, its pods of 25 instances, docker run in a loop, compose; by --ways the harness with a shaped network too. Sizes: 10 50 (--all: 100 200 too; or name them); --rounds N; --ways ours,pods,shaped,loop,compose.',
  async run(args) {
    const { sizes, rounds, wanted } = read(args)
    const sleeper = sleeperPlan()
    const interrupted = new AbortController()
    const interrupt = (): void => interrupted.abort(new Error('interrupted'))
    process.once('SIGINT', interrupt)
    try {
      const ways = await waysOf(sleeper, wanted, interrupted.signal)
      console.log(
        `docker  a program that sleeps, two internal networks, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; ${rounds} round${rounds === 1 ? '' : 's'} in turn, medians; ms a container`,
      )
      for (const size of sizes) {
        const took = await compare(ways, { size, rounds, signal: interrupted.signal })
        for (const line of tableOf(size, took)) console.log(line)
      }
    } finally {
      process.off('SIGINT', interrupt)
      sleeper.remove()
    }
  },
} satisfies Bench

function read(args: readonly string[]): {
  readonly sizes: readonly number[]
  readonly rounds: number
  readonly wanted: readonly string[] | null
} {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { all: { type: 'boolean' }, rounds: { type: 'string' }, ways: { type: 'string' } },
  })
  const named = positionals.map((text) => numberOf(text, 'size'))
  return {
    sizes: named.length > 0 ? named : values.all ? allSizes : usualSizes,
    rounds: numberOf(values.rounds ?? '2', '--rounds'),
    wanted: values.ways?.split(',') ?? null,
  }
}

function numberOf(text: string, what: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`docker: ${what} "${text}"; write a number, 1 or more`)
  return number
}

async function waysOf(
  sleeper: Sleeper,
  wanted: readonly string[] | null,
  signal: AbortSignal,
): Promise<readonly Way[]> {
  const image = await sleeperImage(sleeper, signal)
  const composed = await composeCommand()
  if (composed === null) console.error('compose is left out: neither docker compose nor docker-compose is here')
  const all = [
    ours(sleeper),
    pods(sleeper, perPod),
    shaped(sleeper),
    loop(image),
    ...(composed === null ? [] : [compose(sleeper, image, composed)]),
  ]
  const chosen = all.filter(({ name }) => wanted?.includes(name) ?? name !== 'shaped')
  if (chosen.length === 0) throw new Error(`docker: --ways; write some of ${all.map(({ name }) => name).join()}`)
  return chosen
}

interface Compared {
  readonly size: number
  readonly rounds: number
  readonly signal: AbortSignal
}

/** Measures each way once a round, beginning with another one each time. */
async function compare(
  ways: readonly Way[],
  { size, rounds, signal }: Compared,
): Promise<ReadonlyMap<string, readonly Took[]>> {
  const took = new Map<string, Took[]>(ways.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < ways.length; turn += 1) {
      const way = ways[(round + turn) % ways.length]
      if (way === undefined) continue
      const one = await way.measure(size, signal)
      console.error(`${size} ${way.name}: up ${one.upMs} ms, down ${one.downMs} ms`)
      took.get(way.name)?.push(one)
    }
  return took
}
