import type { Duplex } from 'node:stream'

/** Resolves when the line of a container is closed, also where the connection to the engine was lost. */
export function closed(line: Duplex): Promise<void> {
  if (line.closed) return Promise.resolve()
  return new Promise((resolve) => {
    line.once('close', () => resolve())
  })
}
