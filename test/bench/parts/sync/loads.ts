import { crc32 } from 'node:zlib'
import { type RunKeys, runKeys, type SyncResponse } from '../../../../plans/sdk/sync/wire.ts'
import type { BenchClient } from './client.ts'

/** Something that clients do to a service. */
export interface Load {
  readonly text: string
  readonly clients: number
  readonly rounds: number
  /** Does it, and resolves to how to check it, which throws where anything was lost, doubled or out of order. It is checked a while later, because what was doubled comes after what was due. */
  run(clients: readonly BenchClient[], round: number): Promise<() => void>
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
      const places = await Promise.all(
        all.map(async (client) => {
          const met = client.barrier(state, clients)
          const place = await client.signal(state)
          await met
          return place
        }),
      )
      return () => complete(places, clients, `places in ${state}`)
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
      return () => complete(places, clients * each, `places in ${state}`)
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
      const answers: string[] = []
      let left = clients * clients
      const over = new Promise<void>((resolve) => {
        for (const [at, client] of all.entries())
          client.subscribe(topic, (answer) => {
            // The id is the same for all: each asked for this first. So what differs is the payload or the order.
            sums[at] = crc32(answer, sums[at])
            heard[at] = (heard[at] ?? 0) + 1
            if (at === 0) answers.push(answer.toString())
            if (--left === 0) resolve()
          })
      })
      const [places] = await Promise.all([
        Promise.all(all.map((client, from) => client.publish(topic, { from }))),
        over,
      ])
      return () => checkSpread(topic, { places, answers, sums, heard })
    },
  }
}

interface Heard {
  /** Of each client's publication, as it was told. */
  readonly places: readonly number[]
  /** What client 0 heard. */
  readonly answers: readonly string[]
  /** Over what each client heard. */
  readonly sums: readonly number[]
  readonly heard: readonly number[]
}

function checkSpread(topic: string, { places, answers, sums, heard }: Heard): void {
  complete(places, places.length, `places in ${topic}`)
  const payloads = answers.map((answer) => (JSON.parse(answer) as SyncResponse).subscribe)
  const wanted = Array.from(payloads, (_, place) => JSON.stringify({ from: places.indexOf(place + 1) }))
  if (payloads.join() !== wanted.join())
    throw new Error(`${topic}: what client 0 heard is not each payload at its place`)
  for (const [at, sum] of sums.entries())
    if (heard[at] !== places.length || sum !== sums[0])
      throw new Error(
        `${topic}: client ${at} heard ${heard[at]} of ${places.length}, or in another order than client 0`,
      )
}

function complete(numbers: readonly number[], count: number, what: string): void {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length !== count || sorted.some((number, at) => number !== at + 1))
    throw new Error(
      `${what}: not each of 1 to ${count} once (${sorted.length} came, ${new Set(sorted).size} different)`,
    )
}
