import workers from 'node:worker_threads'

/** A BroadcastChannel of a process that is alone: what is posted reaches nobody, as no other thread or process of the simulation could answer. */
class LonelyChannel extends EventTarget {
  readonly name: string
  onmessage: unknown = null
  onmessageerror: unknown = null

  constructor(name: string) {
    super()
    this.name = String(name)
  }

  postMessage(): void {}
  close(): void {}
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
}

/** Takes channels to other threads away, which deliver in the machine's time. */
export function replaceChannels(): void {
  for (const owner of [globalThis, workers]) Object.assign(owner, { BroadcastChannel: LonelyChannel })
}
