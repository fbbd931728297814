import { accuracy, dialableRecall } from '../lookups/accuracy.ts'
import { failedDials } from '../lookups/failed-dials.ts'
import { hops } from '../lookups/hops.ts'
import { latency } from '../lookups/latency.ts'
import { messages } from '../lookups/messages.ts'
import { success } from '../lookups/success.ts'
import type { TracedAttempts } from '../lookups/traced.ts'
import type { Observed } from '../observed/observed.ts'
import { placed } from '../records/provides.ts'
import { stale } from '../routing/stale.ts'
import { tablesAt } from '../routing/tables.ts'
import type { Sample } from '../sample/sample.ts'

/** A measure that is drawn against a share of nodes. */
export interface ShareMeasure {
  /** What it is in a few words, as a title begins: `median lookup latency`. */
  readonly words: string
  /** Whether it tells askers apart; tables are nobody's lookups. */
  readonly byAsker: boolean
  sampleOf(taken: TracedAttempts, data: Observed): Sample
}

/** What can be drawn against a share, by entry of the analyses. */
export const shareMeasures = {
  D1: { words: 'lookups that succeed', byAsker: true, sampleOf: success },
  D2: { words: 'median lookup latency', byAsker: true, sampleOf: (taken) => latency(taken).all },
  D4: { words: 'length of the path', byAsker: true, sampleOf: hops },
  D7: { words: 'requests sent per lookup', byAsker: true, sampleOf: (taken) => messages(taken).all.sent },
  D8: { words: 'failed dials per lookup', byAsker: true, sampleOf: (taken) => failedDials(taken).count },
  D9: { words: 'time in failing dials per lookup', byAsker: true, sampleOf: (taken) => failedDials(taken).time },
  D13: {
    words: 'recall of the closest peers',
    byAsker: true,
    sampleOf: (taken, data) => accuracy(data, taken).recall,
  },
  'D13-dialable': {
    words: 'recall of peers that can be dialed',
    byAsker: true,
    sampleOf: (taken, data) => dialableRecall(data, taken),
  },
  'K5-placed': { words: 'peers that took the record', byAsker: true, sampleOf: placed },
  R4: {
    words: 'stale table entries',
    byAsker: false,
    sampleOf: (_, data) => stale(tablesAt(data, { snapshot: 'bootstrapped' })),
  },
} as const satisfies Record<string, ShareMeasure>

/** Entry of a measure against a share: `D2`; `D13-dialable` is D13 of those of the closest that can be dialed, `K5-placed` K5 as a record is provided, which is of provides alone. */
export type ShareMeasureName = keyof typeof shareMeasures

/** What one of a kind of lookups is called, where it is not a lookup. */
const nouns: Readonly<Record<string, string>> = { provide: 'provide', 'find-providers': 'search' }

/** A measure's words for lookups of one kind: `median provide latency`. */
export function wordsOf(measure: ShareMeasureName, kind: string | null): string {
  const noun = nouns[kind ?? ''] ?? 'lookup'
  return shareMeasures[measure].words
    .replace('lookups', noun === 'search' ? 'searches' : `${noun}s`)
    .replace('lookup', noun)
}
