import type { LinkMeasurement } from '../../../network/measured.ts'
import { altersPackets } from '../../../network/shape.ts'
import { type Who, whoText } from '../../../sync/who.ts'
import type { Agent } from '../agent/open.ts'
import { type Ends, measureLightly, measureLinks, pairsOf, warningOf } from './measure.ts'
import type { InstanceNetwork } from './network.ts'

/** How networks of a run were shaped, and what was measured on them, for the record. */
export interface NetworkReport {
  /** By the kernel, or by the user-space shaper where it has no netem. */
  readonly by: 'netem' | 'user space'
  readonly versions: Readonly<Record<string, string>>
  /** Measured before any program ran. */
  readonly links: readonly LinkMeasurement[]
  /** Measured after a program's configuration was applied, the first few only. */
  readonly configured: readonly LinkMeasurement[]
}

/** Measures links of a run and keeps what was found. */
export interface Reporter {
  /** Measures sample links between instances, whose programs are held. */
  measure(all: readonly Who[]): Promise<void>
  /** Measures a link of an instance whose network was just configured, if it is among the first and delays packets. */
  configured(who: Who, others: readonly Who[]): Promise<void>
  report(): NetworkReport
}

export interface ReporterOptions {
  readonly agent: Agent
  /** Network of an instance; null where it is not known or just being changed. */
  readonly network: (who: Who) => InstanceNetwork | null
  /** Told of each link that is not as configured. */
  readonly onNotice: (text: string) => void
}

const mostConfigured = 3

/** Nothing is measured yet. */
export function openReporter({ agent, network, onNotice }: ReporterOptions): Reporter {
  const links: LinkMeasurement[] = []
  const afterwards: LinkMeasurement[] = []
  let begun = 0

  function endsOf(from: Who, to: Who): Ends | null {
    const [one, other] = [network(from), network(to)]
    if (one === null || other === null) return null
    return { from: whoText(from), to: whoText(to), shapes: { from: one.shape, to: other.shape } }
  }

  function keep(list: LinkMeasurement[], measured: LinkMeasurement): void {
    list.push(measured)
    const warning = warningOf(measured)
    if (warning !== null) onNotice(warning)
  }

  return {
    async measure(all) {
      const pairs = pairsOf(all).flatMap(([from, to]) => endsOf(from, to) ?? [])
      for (const measured of await measureLinks(agent, pairs)) keep(links, measured)
    },
    async configured(who, others) {
      const from = network(who)
      const to = others.find((other) => whoText(other) !== whoText(who) && network(other)?.enable)
      if (from === null || to === undefined || !from.enable || !altersPackets(from.shape)) return
      const other = network(to)
      const pair = endsOf(who, to)
      if (pair === null || begun >= mostConfigured) return
      begun += 1
      const measured = await measureLightly(agent, pair)
      // Of one that was changed meanwhile nobody knows which shape was measured.
      if (measured.rtt !== null && network(to) === other) keep(afterwards, measured)
    },
    report: () => ({
      by: agent.facts.netem ? 'netem' : 'user space',
      versions: agent.facts.versions,
      links,
      configured: afterwards,
    }),
  }
}
