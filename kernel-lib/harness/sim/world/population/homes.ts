import { type Home, type MakeResident, type Population, seededRandom } from '@hoplab/sdk'
import type { RunSpec } from '../../../../composition/spec.ts'
import { clockOf } from '../clocks.ts'
import type { Moments } from '../moments.ts'
import type { Host } from '../network/host.ts'
import type { Network } from '../network/network.ts'
import { epochMs } from '../time/epoch.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Trace } from '../trace/trace.ts'
import type { Ranges } from './ranges.ts'
import type { ResidentHost, Residents } from './residents.ts'
import { type Stay, stayAt } from './stay.ts'

/** Nodes of the population that are made. */
export interface Homes {
  /** Takes what makes them. */
  settle(make: MakeResident): void
  /** Whether what makes them was told, where there are any. */
  readonly settled: boolean
  /** Has the node of a host made, where it is one of the population that runs and is not made, and then calls; else calls at once. */
  ready(host: Host, then: () => void): void
}

interface HomeParts {
  readonly time: VirtualTime
  readonly trace: Trace
  readonly moments: Moments
  readonly network: Network
  readonly ranges: Ranges
  readonly residents: Residents
  readonly population: Population
}

/** Homes of a network whose every node runs the program. */
export const noHomes: Homes = { settle: () => {}, settled: true, ready: (_, then) => then() }

/** Homes of a population of which no node is made yet. */
export function homesOf({ seed }: RunSpec, parts: HomeParts): Homes {
  const { time, trace, network, ranges, residents, population } = parts
  const stays = new Map<Host, Stay>()
  let make: MakeResident | null = null

  function end(stay: Stay, { silent }: { readonly silent: boolean }): void {
    stays.delete(stay.host)
    if (stay.crash !== null) time.cancel(stay.crash)
    network.drop(stay.host, { silent })
    stay.end()
  }

  function leave(stay: Stay): boolean {
    if (stays.get(stay.host) !== stay) return true
    if (stay.host.ends.size > 0) return false
    trace.add('left', `"by":"${stay.host.name}"`)
    end(stay, { silent: false })
    return true
  }

  function crash(stay: Stay): void {
    const { life } = stay.host.site.group
    trace.add('crashed', `"by":"${stay.host.name}"`)
    end(stay, life)
    stay.tell('crashed')
    if (life.down === null) stay.tell('gone')
  }

  /** What its life holds in store happens to a node that is made. */
  function expectCrash(stay: Stay): void {
    const { changeMs } = stay.host.life()
    if (stay.crash !== null) time.cancel(stay.crash)
    if (changeMs !== Number.POSITIVE_INFINITY) stay.crash = time.after(changeMs - time.nowMs, () => crash(stay))
  }

  const homeOf = (stay: Stay): Home => ({
    resident: population.at(stay.host.site.seq),
    net: network.netOf(stay.host, stay),
    clock: clockOf(stay.host.site, seed),
    life: stay.life,
    upSinceMs: epochMs + stay.host.life().upSinceMs,
    population,
    random: (stream) => seededRandom(seed, stream),
    leave: () => leave(stay),
  })

  async function begin(stay: Stay, making: MakeResident): Promise<void> {
    await making(homeOf(stay)).catch((error) => {
      // One that crashed meanwhile could not be made.
      if (stays.get(stay.host) === stay) throw error
    })
    if (stays.get(stay.host) !== stay) return
    trace.add('made', `"by":"${stay.host.name}"`)
    stay.made()
  }

  function settled(host: ResidentHost, making: MakeResident): Stay {
    const stay = stayAt(host)
    stays.set(host, stay)
    expectCrash(stay)
    void begin(stay, making)
    return stay
  }

  whenStagesBegin(parts, (group) => {
    for (const stay of stays.values()) if (stay.host.site.group === group) expectCrash(stay)
  })

  return {
    settle(given) {
      make = given
    },
    get settled() {
      return make !== null || ranges.all.length === 0
    },
    ready(host, then) {
      if (make === null || !residents.has(host) || !host.up) then()
      else (stays.get(host) ?? settled(host, make)).wait(then)
    },
  }
}

/** Calls for each group whose lives count from the beginning of a stage when it begins: only then it is known what is in store. */
function whenStagesBegin({ moments, ranges }: HomeParts, run: (group: Stay['host']['site']['group']) => void): void {
  for (const { group } of ranges.all) {
    const { stage } = group.life.from
    if (stage !== null) moments.at({ stage, ms: 0 }, () => run(group))
  }
}
