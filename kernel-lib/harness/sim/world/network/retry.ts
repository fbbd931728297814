/** A lost segment is sent again after about two round trips, at least this long, as in Linux. ms */
const leastRetryMs = 200
const mostRetryMs = 120_000

/** How long TCP waits before it sends again what was not acknowledged, for a path of this latency. ms */
export function firstRetryMs(latencyMs: number): number {
  return Math.max(leastRetryMs, 4 * latencyMs)
}

/** The wait after one that brought nothing: twice as long, up to two minutes. */
export function nextRetryMs(waitMs: number): number {
  return Math.min(2 * waitMs, mostRetryMs)
}

/** After this long without an acknowledgement Linux gives a connection up (tcp_retries2 = 15). ms */
export const giveUpMs = 924_600

/** When a SYN is sent again, ms after the first (tcp_syn_retries = 6). */
export const synRetriesMs: readonly number[] = [1000, 3000, 7000, 15_000, 31_000, 63_000]
/** When a dial that nobody answers is given up. ms */
export const synGiveUpMs = 127_000
