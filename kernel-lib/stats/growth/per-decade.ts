import { type Attempts, onlyWhole } from '../lookups/attempts.ts'
import { sent } from '../lookups/messages.ts'
import { classOf } from '../lookups/outcome-class.ts'
import { type Traced, trace } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import { networkSize, type SizeMeasureName } from './against-size.ts'
import { type SlopeSample, slopeSample } from './slope.ts'

/** What of a lookup the line is through, and whether that needs all of its events. */
interface Growing {
  readonly words: string
  readonly unit: string
  readonly byEvents: boolean
  value(each: Traced): number | null
}

const growing: Readonly<Record<SizeMeasureName, Growing>> = {
  D2: { words: 'latency', unit: 'ms', byEvents: false, value: ({ start_ms, end_ms }) => end_ms - start_ms },
  D4: { words: 'hops', unit: 'hops', byEvents: true, value: ({ hops }) => hops.hops },
  D7: { words: 'requests', unit: 'requests', byEvents: true, value: sent },
}

/** What a lookup takes more in ten times as many nodes: slope of the least-squares line through all lookups that succeed, over log10 of the nodes. Each entry of `places` is runs of one size. */
export function growthPerDecade(places: readonly Observed[], measure: SizeMeasureName): SlopeSample {
  const { words, unit, byEvents, value } = growing[measure]
  const taken = places.map((data) => {
    const all = trace(data)
    return { x: Math.log10(networkSize(data)), all: byEvents ? onlyWhole(all) : all }
  })
  const levels = taken.map(({ x, all }) => ({
    x,
    observations: all.ended.flatMap((each) => {
      const known = classOf(each) === 'ok' ? value(each) : null
      return known === null ? [] : [{ run: each.run, group: each.group, instance: each.instance, value: known }]
    }),
  }))
  const sum = (of: (all: Attempts) => number) => taken.reduce((total, { all }) => total + of(all), 0)
  const n = levels.reduce((total, { observations }) => total + observations.length, 0)
  const failed = sum(({ ended }) => ended.filter((each) => classOf(each) === 'failed').length)
  const expected = sum((all) => all.expected - all.ended.filter((each) => classOf(each) === 'absent').length)
  return slopeSample(
    {
      name: `growth of ${words} per tenfold network`,
      entry: measure,
      definition: `slope of the least-squares line through the ${words} of all lookups that succeed, over log10 of the nodes`,
      unit: `${unit} per decade`,
    },
    levels,
    { expected, failed, missing: expected - failed - n, censored: 0 },
  )
}
