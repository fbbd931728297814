import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstanceNetwork } from './network.ts'

/** One line of a run's network log: a configuration that was applied, or one that could not be. */
export interface Logged {
  readonly at_ms: number
  /** `<group>/<index>`. */
  readonly instance: string
  /** The program's message as it came; null for what the composition asks for. */
  readonly message: unknown
  /** What is in force since; null where the configuration failed. */
  readonly network: InstanceNetwork | null
  readonly error: string | null
}

/** Appends to `processes/network.ndjson` of a run's folder, in the order of the calls. */
export function networkLog(folder: string): { write(line: Logged): void; written(): Promise<void> } {
  const path = join(folder, 'processes')
  let last: Promise<void> = mkdir(path, { recursive: true }).then(() => {})
  return {
    write(line) {
      last = last
        .then(() => appendFile(join(path, 'network.ndjson'), `${JSON.stringify(line)}\n`))
        // A disk that is full shows in the outputs of instances; the network itself is as it was told to be.
        .catch(() => {})
    },
    written: () => last,
  }
}
