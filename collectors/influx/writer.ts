import { AbsentError, InputError } from 'hoplab'
import type { MetricPoint } from 'hoplab/tables/points/point.ts'
import type { InfluxAddress } from './address.ts'
import { lineOf } from './lines.ts'
import { shipping } from './ship.ts'
import type { Shipped } from './shipped.ts'
import { openSpools } from './spools.ts'

export interface WriterOptions {
  /** Folder of what waits for servers. */
  readonly bufferFolder: string
  /** Most bytes that wait on disk; then `write` waits. Default 1 GiB. */
  readonly bufferBytes?: number
}

/** Writes points to a server by way of the disk: what was written is sent, now or by the process that opens the buffer next. */
export interface MetricsWriter {
  /**
   * Resolves when the points are on disk; waits while the buffer is full.
   *
   * @throws InputError when the server takes nothing of us.
   */
  write(points: readonly MetricPoint[]): Promise<void>
  /**
   * Resolves when the server has everything.
   *
   * @throws AbsentError when nothing was taken for `patienceMs`, InputError when the server takes nothing of us; what waits stays on disk.
   */
  drained(patienceMs: number): Promise<void>
  shipped(): Shipped
  /** Ends sending. What waits stays on disk. */
  close(): Promise<void>
}

const defaultBufferBytes = 2 ** 30

/** Opens a writer. Whether the server is there shows later: until then points wait on disk. */
export async function openWriter(address: InfluxAddress, options: WriterOptions): Promise<MetricsWriter> {
  const { bufferFolder, bufferBytes = defaultBufferBytes } = options
  const spools = await openSpools(bufferFolder, address)
  const [own] = spools
  const ship = shipping(spools, address)
  let closed = false

  return {
    async write(points) {
      while (own.bytes() > bufferBytes && !ship.ended() && !closed) await ship.change()
      if (closed)
        throw new AbsentError(`${address.url}: the way to it was closed before there was room for these points`)
      if (ship.ended()) throw new InputError(stuck(address, ship.shipped()))
      own.append(points.map(lineOf))
      ship.wake()
    },
    async drained(patienceMs) {
      ship.hurry()
      while (ship.shipped().waitingBytes > 0) {
        if (ship.ended()) throw new InputError(stuck(address, ship.shipped()))
        const late = deadline(patienceMs)
        const moved = await Promise.race([ship.change().then(() => true), late.passed])
        late.cancel()
        if (!moved) throw new AbsentError(stuck(address, ship.shipped()))
      }
    },
    shipped: ship.shipped,
    async close() {
      closed = true
      await ship.close()
      for (const spool of spools) spool.close()
    },
  }
}

function stuck({ url }: InfluxAddress, { standsInTheWay, waitingBytes }: Shipped): string {
  const told = standsInTheWay.startsWith(url) ? standsInTheWay : `${url}: ${standsInTheWay || 'takes nothing'}`
  return `${told}; ${waitingBytes} bytes of points wait on disk, and whoever writes to this server next sends them`
}

function deadline(ms: number): { readonly passed: Promise<false>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  return { passed, cancel: () => clearTimeout(timer) }
}
