// Measures sync services in the network that it is started in, and prints the table: measure.ts CLIENTS [GO PROGRAM].
import { benchClient } from './client.ts'
import { benchRun, count, type Load, meet, spread } from './loads.ts'
import { goPeer, memoryPeer, type Peer, redisPeer } from './peers.ts'
import { type Row, rowLines, type Times } from './rows.ts'

interface Measured extends Times {
  readonly peer: Peer
  readonly ms: number[]
  readonly cpuMs: number[]
  readonly connectMs: number[]
  why: string | null
}

const limitMs = 120_000
/** In which what was sent twice arrives. */
const settleMs = 100

const [limit_ = '', program] = process.argv.slice(2)
const limit = Number(limit_)
const started = [await memoryPeer(benchRun, limit), await redisPeer(benchRun, limit)]
if (program !== undefined) started.push(await goPeer(program))
const peers = started.filter((one) => one !== null)
try {
  const rows: Row[] = []
  for (const load of loads()) rows.push({ load, times: await measure(load) })
  for (const line of rowLines(rows)) console.log(line)
  if (rows.some(({ times }) => times.some(({ why }) => why !== null))) process.exitCode = 1
} finally {
  await Promise.all(peers.map((peer) => peer.stop()))
}

/** The largest first, so that the small ones, which are over in a few rounds, do not measure how a service's code is compiled. */
function loads(): readonly Load[] {
  const sizes = [1000, 100, 1].filter((size) => size <= limit)
  return [
    ...sizes.map((size) => meet(size, size === 1 ? 101 : 15)),
    ...sizes.map((size) => count(size, 50, size === 1000 ? 7 : 15)),
    ...sizes.map((size) => spread(size, size === 1000 ? 3 : 15)),
  ]
}

/** Each round on each service in turn. The first of small loads is not counted, because a service that has just begun is slower. */
async function measure(load: Load): Promise<readonly Times[]> {
  console.error(`${load.clients} clients: ${load.text}`)
  const all = peers.map((peer): Measured => ({ peer, name: peer.name, ms: [], cpuMs: [], connectMs: [], why: null }))
  for (let round = load.clients < 1000 ? -1 : 0; round < load.rounds; round++)
    for (const one of all)
      if (one.why === null)
        await once(one, load, round).catch((error: Error) => {
          one.why = error.message
          console.error(`${one.name}: ${one.why}`)
        })
  return all
}

async function once({ peer, ms, cpuMs, connectMs }: Measured, load: Load, round: number): Promise<void> {
  const { failed, fail, stop } = failing()
  const begun = performance.now()
  const clients = await Promise.all(
    Array.from({ length: load.clients }, (_, index) => benchClient(peer.port, index, fail)),
  )
  try {
    const connected = performance.now()
    const cpuBefore = peer.cpuMs()
    const ready = performance.now()
    const check = await Promise.race([load.run(clients, round), failed])
    const over = performance.now()
    const cpuAfter = peer.cpuMs()
    await Promise.race([new Promise((resolve) => setTimeout(resolve, settleMs)), failed])
    check()
    if (round < 0) return
    ms.push(over - ready)
    cpuMs.push(cpuAfter - cpuBefore)
    connectMs.push(connected - begun)
  } finally {
    stop()
    for (const client of clients) client.close()
  }
}

/** A promise that rejects when told to, or when a load takes too long. */
function failing(): { readonly failed: Promise<never>; fail(error: Error): void; stop(): void } {
  let fail = (_: Error): void => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const timer = setTimeout(() => fail(new Error(`not over after ${limitMs / 1000} s`)), limitMs)
  return { failed, fail, stop: () => clearTimeout(timer) }
}
