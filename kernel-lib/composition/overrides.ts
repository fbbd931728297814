/** What is said beside a composition and beats it: on a command line, in a notebook's parameters. */
export interface Overrides {
  /** Parameters of every group, as text typed by the manifest. `nodes` (of the network) and `repetitions` are the composition's, unless the case has parameters of these names. */
  readonly params?: Readonly<Record<string, string>>
  readonly seed?: number
  readonly runner?: string
}
