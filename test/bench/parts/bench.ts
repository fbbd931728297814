/** A benchmark: the default export of a file in test/bench, named like the file. */
export interface Bench {
  readonly about: string
  /** Runs it with the words after its name and prints its table. Throws where it cannot say anything. */
  run(args: readonly string[]): Promise<void>
}
