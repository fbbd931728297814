/** A time: one value, or a distribution that it is drawn from anew each time. */
export type Duration =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** `sigma` is the standard deviation of the logarithm. */
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number }
  | { readonly kind: 'weibull'; readonly scaleMs: number; readonly shape: number }
  /** Drawn uniformly from these, with replacement. */
  | { readonly kind: 'recorded'; readonly ms: readonly number[] }

/** A point in time of a run: `ms` after the run began, or after the first instance began the stage. */
export interface Moment {
  /** A stage as the program names it; null is the run's beginning. */
  readonly stage: string | null
  readonly ms: number
}
