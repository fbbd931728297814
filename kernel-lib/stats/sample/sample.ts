/** An interval around an estimate and how it was made. */
export interface Interval {
  readonly low: number
  readonly high: number
  /** Confidence, 0.95 unless said otherwise. */
  readonly level: number
  /** `wilson`; `bootstrap of runs, nodes, lookups (1000 resamples, seed 1)`. */
  readonly method: string
}

/** What every statistic returns: a value that never travels without what it rests on. */
export interface Sample {
  /** Name in words, as on a figure: `hops to the closest successful query`. */
  readonly name: string
  /** Entry of the analyses: `D4`. */
  readonly entry: string
  /** The definition in one sentence. */
  readonly definition: string
  readonly unit: string
  /** Observations that the estimate rests on. */
  readonly n: number
  /** Observations there should have been. */
  readonly expected: number
  readonly failed: number
  readonly missing: number
  /** Observations known only to lie above a bound (a lookup that failed at 3 s took more than 3 s). */
  readonly censored: number
  /** Null where the data cannot tell. */
  readonly mean?: number | null
  readonly estimate?: number | null
  /** By probability as text (`"0.5"`); null where censoring hides it. */
  readonly quantiles?: Readonly<Record<string, number | null>>
  /** Rule of the quantiles: `type 7`. */
  readonly rule?: string
  readonly interval?: Interval | null
  /** Histogram: occurrences by value as text. */
  readonly counts?: Readonly<Record<string, number>>
  /** The observations, in the order of the table, for figures; never printed. */
  readonly values?: readonly number[]
}
