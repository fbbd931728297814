import { crc32 } from 'node:zlib'
import { type RunKeys, runKeys } from '../../../plans/sdk/sync/wire.ts'
import type { BenchClient } from './sync-client.ts'

/** Something that clients do to a service. Resolves to how long it took, ms; throws where anything was lost, doubled or out of order. */
export interface Load {
  readonly text: string
  readonly clients: number
  readonly rounds: number
  run(clients: readonly BenchClient[], round: number): Promise<number>
}

/** Run, plan and case that the services are asked in. */
export const benchRun = 'bench'
const keys: RunKeys = runKeys(benchRun, 'p', 'c')

/** Every client signals a state and waits for all. */
export function meet(clients: number, rounds: number): Load {
  return {
    text: 'signal + barrier',
    clients,
    rounds,
    async run(all, round) {
      const state = keys.state(`meet-${clients}-${round}`)
      const begun = performance.now()
      const seen = await Promise.all(
        all.map(async (client) => {
          const met = client.barrier(state, clients)
          const place = await client.signal(state)
          await met
          return place
        }),
      )
      const tookMs = performance.now() - begun
      complete(seen, clients, `places in ${state}`)
      return tookMs
    },
  }
}

/** Every client signals one state again and again, each time after the answer. */
export function count(clients: number, each: number, rounds: number): Load {
  return {
    text: `${each} signals in turn`,
    clients,
    rounds,
    async run(all, round) {
      const state = keys.state(`count-${clients}-${round}`)
      const places: number[] = []
      const begun = performance.now()
      await Promise.all(
        all.map(async (client) => {
          let last = 0
          for (let n = 0; n < each; n++) {
            const place = await client.signal(state)
            if (place <= last) throw new Error(`${state}: place ${place} came after ${last}`)
            last = place
            places.push(place)
          }
        }),
      )
      const tookMs = performance.now() - begun
      complete(places, clients * each, `places in ${state}`)
      return tookMs
    },
  }
}

/** Every client subscribes, then publishes once; over when everybody has heard everybody. */
export function spread(clients: number, rounds: number): Load {
  return {
    text: 'publish, all hear all',
    clients,
    rounds,
    async run(all, round) {
      const topic = keys.topic(`spread-${clients}-${round}`)
      const sums = all.map(() => 0)
      const heard = all.map(() => 0)
      const texts: string[] = []
      let left = clients * clients
      let finish = (): void => {}
      let fail = (_: Error): void => {}
      const over = new Promise<void>((resolve, reject) => {
        finish = resolve
        fail = reject
      })
      const begun = performance.now()
      for (const [at, client] of all.entries()) {
        const hear = (text: string): void => {
          sums[at] = crc32(`${text}\n`, sums[at])
          heard[at] = (heard[at] ?? 0) + 1
          if (at === 0) texts.push(text)
          if (--left === 0) finish()
        }
        client.subscribe(topic, hear).catch(fail)
      }
      const [places] = await Promise.all([
        Promise.all(all.map((client, from) => client.publish(topic, { from }))),
        over,
      ])
      const tookMs = performance.now() - begun
      // What was doubled comes after what was due.
      await new Promise((resolve) => setTimeout(resolve, 300))
      complete(places, clients, `places in ${topic}`)
      complete(
        texts.map((text) => (JSON.parse(text) as { from: number }).from + 1),
        clients,
        `payloads of ${topic}`,
      )
      for (const [at, sum] of sums.entries())
        if (heard[at] !== clients || sum !== sums[0])
          throw new Error(`${topic}: client ${at} heard ${heard[at]} of ${clients}, or in another order than client 0`)
      return tookMs
    },
  }
}

function complete(numbers: readonly number[], count: number, what: string): void {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length !== count || sorted.some((number, at) => number !== at + 1))
    throw new Error(
      `${what}: not each of 1 to ${count} once (${sorted.length} came, ${new Set(sorted).size} different)`,
    )
}
