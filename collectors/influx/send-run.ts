import { join } from 'node:path'
import type { RecordedRun } from 'hoplab'
import type { InfluxAddress } from './address.ts'
import { collectRun } from './collect.ts'
import { openWriter } from './writer.ts'

/** What `hoplab metrics --json` prints. */
export interface SentRun {
  readonly schema: 'hoplab/metrics/1'
  readonly run: string
  /** Points that the run holds. */
  readonly points: number
  /** Points that went to the server now, those that a process before us left included. */
  readonly taken: number
  readonly refused: number
  readonly problems: readonly string[]
  readonly server: string
  /** What the server does not do, a sentence each. */
  readonly lacks: readonly string[]
}

/**
 * Sends everything that a run holds and waits until the server has it.
 *
 * @throws AbsentError when the server takes nothing for `patienceMs`; what waits stays on disk below the runs' folder.
 */
export async function sendRun(
  recorded: RecordedRun,
  address: InfluxAddress,
  options: { readonly runsFolder: string; readonly patienceMs: number; readonly signal?: AbortSignal },
): Promise<SentRun> {
  const writer = await openWriter(address, { bufferFolder: join(options.runsFolder, '.metrics') })
  try {
    const points = await collectRun(recorded, writer, options)
    await writer.drained(options.patienceMs)
    const { taken, refused, problems, server } = writer.shipped()
    return {
      schema: 'hoplab/metrics/1',
      run: recorded.record.run,
      points,
      taken,
      refused,
      problems,
      server: server?.name ?? address.url,
      lacks: server?.lacks ?? [],
    }
  } finally {
    await writer.close()
  }
}
