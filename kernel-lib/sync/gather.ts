import type { Duplex } from 'node:stream'

/** Returns what to call before each write to a stream: then all that is written in one turn of the event loop leaves in one system call. */
export function gathering(stream: Duplex): () => void {
  let gathers = false
  const release = (): void => {
    gathers = false
    stream.uncork()
  }
  return () => {
    if (gathers) return
    gathers = true
    stream.cork()
    setImmediate(release)
  }
}
