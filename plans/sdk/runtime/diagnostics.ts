import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Clock } from '../clock.ts'
import type { RecordWriter } from '../env.ts'
import type { Row } from '../record.ts'
import type { diagnosticsRecord } from '../records/diagnostics.ts'

type Diagnosis = Row<typeof diagnosticsRecord>
type Writer = RecordWriter<typeof diagnosticsRecord>

/** Tells how this process does to the instances in it. */
export interface Diagnostics {
  /** Writes a row every few seconds, and a last one when what is returned is called. */
  follow(writer: Writer): () => void
}

const everyMs = 5000
/** The event loop's delay is looked at so often: often enough to see stalls, seldom enough to cost nothing. */
const resolutionMs = 50
const nsPerMs = 1e6

/** Watches this process from the first instance to the last. It keeps nothing alive, and draws nothing that a program could miss. */
export function processDiagnostics(clock: Clock): Diagnostics {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  const writers = new Set<Writer>()
  let timer: NodeJS.Timeout | undefined
  let since = { cpu: process.cpuUsage(), ms: clock.now() }

  function begin(): void {
    since = { cpu: process.cpuUsage(), ms: clock.now() }
    delay.reset()
    delay.enable()
    timer = setInterval(() => {
      const row = diagnosis()
      since = { cpu: process.cpuUsage(), ms: row.ts_ms }
      delay.reset()
      for (const writer of writers) written(writer, row)
    }, everyMs).unref()
  }

  function diagnosis(): Diagnosis {
    const { user, system } = process.cpuUsage(since.cpu)
    const ts_ms = clock.now()
    return {
      ts_ms,
      cpu_percent: rounded((user + system) / 10 / Math.max(ts_ms - since.ms, 1)),
      rss_bytes: process.memoryUsage.rss(),
      heap_bytes: getHeapStatistics().used_heap_size,
      loop_delay_p50_ms: lateMs(delay.percentile(50)),
      loop_delay_p99_ms: lateMs(delay.percentile(99)),
      loop_delay_max_ms: lateMs(delay.max),
      connections: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
      shared_by: writers.size,
    }
  }

  return {
    follow(writer) {
      if (writers.size === 0) begin()
      writers.add(writer)
      return () => {
        written(writer, diagnosis())
        writers.delete(writer)
        if (writers.size > 0) return
        clearInterval(timer)
        delay.disable()
      }
    },
  }
}

/** A full disk may not take the program with it: what the program itself writes says so. */
function written(writer: Writer, row: Diagnosis): void {
  try {
    writer.write(row)
  } catch {}
}

/** What Node measures is the time between two looks; nothing was looked at yet where it is 0 or absurdly large. */
function lateMs(betweenNs: number): number {
  const late = betweenNs / nsPerMs - resolutionMs
  return Number.isFinite(late) && late > 0 && late < 1e9 ? rounded(late) : 0
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
