import type { ModelWalk, ModelWalks } from '../../models/walk-model.ts'
import { meanSample, shareSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'

/** What modelled walks came to; the sample itself is the mean recall (D13). */
export interface WalkedSample extends Sample {
  /** Share of walks that return the one peer closest of all. */
  readonly nearest: Sample
  /** Peers asked in a walk (D7). */
  readonly asked: Sample
  /** Entries in the table of who asks. */
  readonly entries: Sample
}

/** D13 of modelled walks: of the 20 peers truly closest to the key, the share that a walk returns. Intervals resample sets, then walks. */
export function walks({ model, sets }: ModelWalks): WalkedSample {
  const rows = sets.flatMap((of, set) =>
    of.map((walk) => ({ run: `set ${set + 1}`, group: 'peers', instance: 0, ...walk })),
  )
  const counted = { expected: model.sets * model.lookups, failed: 0, missing: 0, censored: 0 }
  const mean = (about: Parameters<typeof meanSample>[0], value: (walk: ModelWalk) => number) =>
    meanSample(
      about,
      rows.map(({ run, group, instance, ...walk }) => ({ run, group, instance, value: value(walk) })),
      { ...counted, of: 'walks', within: 'sets' },
    )
  return {
    ...mean(about.recall, ({ recall }) => recall),
    nearest: shareSample(
      about.nearest,
      rows.map((row) => ({ ...row, hit: row.nearest })),
      counted,
    ),
    asked: mean(about.asked, ({ asked }) => asked),
    entries: mean(about.entries, ({ entries }) => entries),
  }
}

const about = {
  recall: {
    name: 'recall of the 20 closest, modelled',
    entry: 'D13',
    definition: 'of the 20 peers truly closest to a random key, the share that a modelled walk returns',
    unit: 'share',
  },
  nearest: {
    name: 'walks that return the closest peer, modelled',
    entry: 'D13',
    definition: 'share of modelled walks whose result holds the one peer closest to the key',
    unit: 'share',
  },
  asked: { name: 'peers asked, modelled', entry: 'D7', definition: 'peers asked in a modelled walk', unit: 'peers' },
  entries: {
    name: 'entries of a table, modelled',
    entry: 'R1',
    definition: 'peers in the table of the node that asks',
    unit: 'peers',
  },
} as const
