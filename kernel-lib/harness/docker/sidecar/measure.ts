import { judgeLink, type LinkMeasurement } from '../../../network/measured.ts'
import type { Shape } from '../../../network/shape.ts'
import type { Agent } from '../agent/open.ts'
import type { Between } from '../agent/protocol.ts'

/** Two instances by their names, and the shapes of what each sends. */
export interface Ends extends Between {
  readonly shapes: { readonly from: Shape; readonly to: Shape }
}

const tripCount = 20
const lightTripCount = 5
const everyMs = 5
const mostPairs = 4
const mostFloods = 2
const floodMs = 1000
const mostAgain = 3
/** How much more than the configured bandwidth is offered, so that the link is full and little is left waiting in it. */
const surplus = 1.15
/** What a round trip may take beside what was configured, before it counts as lost. */
const patienceMs = 300

/** Pairs of a list whose links are measured: each of the first with one half the list away; at most four, none twice. */
export function pairsOf<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  const half = Math.floor(all.length / 2)
  const pairs: (readonly [T, T])[] = []
  for (const [at, one] of all.slice(0, Math.min(half, mostPairs)).entries()) {
    const other = all[at + half]
    if (other !== undefined) pairs.push([one, other])
  }
  return pairs
}

/** Measures round trips of all pairs at once, and the throughput of the first two whose bandwidth is limited; again, each by itself, those that are not as configured: a busy machine delays what a link does not. */
export async function measureLinks(agent: Agent, pairs: readonly Ends[]): Promise<readonly LinkMeasurement[]> {
  const limited = pairs.filter(({ shapes }) => shapes.from.bandwidthBps > 0).slice(0, mostFloods)
  const trips = await Promise.all(pairs.map((pair) => askRtt(agent, pair, tripCount)))
  const links: LinkMeasurement[] = []
  for (const [at, pair] of pairs.entries()) {
    const flooded = limited.includes(pair)
    let link = judgeLink({ ...pair, rtt: trips[at] ?? null, throughputBps: await flood(agent, pair, flooded) })
    for (let again = 0; again < mostAgain && !link.within; again += 1) {
      const rtt = await askRtt(agent, pair, tripCount)
      link = judgeLink({ ...pair, rtt, throughputBps: await flood(agent, pair, flooded) })
    }
    links.push(link)
  }
  return links
}

function flood(agent: Agent, pair: Ends, flooded: boolean): Promise<number | null> {
  return flooded ? askThroughput(agent, pair) : Promise.resolve(null)
}

/** Measures a few round trips only, and a few more where they are not as configured. */
export async function measureLightly(agent: Agent, pair: Ends): Promise<LinkMeasurement> {
  const once = async (count: number): Promise<LinkMeasurement> =>
    judgeLink({ ...pair, rtt: await askRtt(agent, pair, count), throughputBps: null })
  const first = await once(lightTripCount)
  return first.within ? first : once(tripCount)
}

function askRtt(agent: Agent, { from, to, shapes }: Ends, count: number) {
  return agent.ask('rtt', { from, to, count, everyMs, patienceMs: patienceMs + longestTripMs(shapes) })
}

function askThroughput(agent: Agent, { from, to, shapes }: Ends): Promise<number> {
  const offeredBps = Math.round(shapes.from.bandwidthBps * surplus)
  return agent.ask('throughput', {
    from,
    to,
    offeredBps,
    forMs: floodMs,
    patienceMs: patienceMs + longestTripMs(shapes),
  })
}

function longestTripMs({ from, to }: Ends['shapes']): number {
  return [from, to].reduce((sum, { latencyMs, jitterMs }) => sum + latencyMs + jitterMs, 0)
}

/** A link that is not as it was asked to be, as a warning that says by how much. */
export function warningOf({ from, to, rtt, throughput, within }: LinkMeasurement): string | null {
  if (within) return null
  const parts = [
    rtt === null || rtt.within ? '' : `round trip ${rtt.measured.toFixed(1)} ms, configured ${rtt.configured} ms`,
    throughput === null || throughput.within
      ? ''
      : `throughput ${Math.round(throughput.measured)} bit/s, configured ${throughput.configured} bit/s`,
  ].filter((part) => part !== '')
  return `the link ${from} to ${to} is not as configured: ${parts.join('; ')}`
}
