/** One observed duration: it ended in the event, it ended so that the event can never come, or it was cut off while the event could still come. */
export interface Duration {
  readonly value: number
  readonly end: 'event' | 'never' | 'cut'
}

/** A step of the curve: by `value`, `share` of all had seen the event. */
export interface IncidenceStep {
  readonly value: number
  readonly share: number
  /** Durations still open just before `value`. */
  readonly atRisk: number
}

/**
 * Share of all durations that had seen the event by each moment (Aalen–Johansen cumulative incidence), one step per distinct event time.
 * Without `cut` it is the plain ECDF over all, which stops below 1 by the share of `never` (D2: failures); without `never` it is Kaplan–Meier's 1 − S (K8: open sessions).
 */
export function incidence(durations: readonly Duration[]): IncidenceStep[] {
  const order = { event: 0, never: 1, cut: 2 }
  const sorted = [...durations].sort((a, b) => a.value - b.value || order[a.end] - order[b.end])
  const steps: IncidenceStep[] = []
  let open = 1
  let share = 0
  for (let i = 0; i < sorted.length; ) {
    const { value } = sorted[i] as Duration
    const atRisk = sorted.length - i
    let events = 0
    let ends = 0
    for (; sorted[i]?.value === value; i++) {
      if (sorted[i]?.end === 'event') events++
      if (sorted[i]?.end !== 'cut') ends++
    }
    share += (open * events) / atRisk
    open *= 1 - ends / atRisk
    if (events > 0) steps.push({ value, share, atRisk })
  }
  return steps
}

/** Earliest moment by which at least share p had seen the event; null where the curve never gets there. */
export function incidenceQuantile(steps: readonly IncidenceStep[], p: number): number | null {
  // A share such as 0.9 is reached even when adding up steps left it short by rounding.
  return steps.find((step) => step.share >= p - 1e-12)?.value ?? null
}
