import { formatNumber, formatSample } from './sample/format.ts'
import type { Sample } from './sample/sample.ts'
import type { Statistics } from './statistics.ts'

/** Statistics as lines for a terminal: each its entry, its name and the sample. */
export function reportLines(statistics: Statistics): string[] {
  return [...lookupLines(statistics), ...recordLines(statistics), ...tableLines(statistics)]
}

function lookupLines({ D1, D2, D4, D5, D6, D7, D8, D10, D11, D13, D14 }: Statistics): string[] {
  return [
    line('D1', 'success', D1),
    line('D2', 'latency, median of all', D2.all),
    note(quantiles(D2.all)),
    line('D4', 'hops', D4),
    note([counts('by number', D4.counts), `inferred ${D4.inferred}, ambiguous ${D4.ambiguous}`]),
    line('', 'pairs already connected', D4.connected),
    line('D5', 'answers (TotalHops)', D5.totalHops),
    line('', 'TreeDepth', D5.treeDepth),
    line('', 'MinHopsToClosest', D5.minHopsToClosest),
    line('', 'HTFP', D5.htfp),
    line('D6', 'progress per hop', D6.deltaCpl),
    ...(['ok', 'failed', 'all'] as const).map((which, i) =>
      line(i === 0 ? 'D7' : '', `requests per lookup, ${which}`, D7[which].sent),
    ),
    ...(['ok', 'failed', 'all'] as const).map((which, i) =>
      line(i === 0 ? 'D8' : '', `dials per lookup, ${which}`, D8.begun[which]),
    ),
    note([counts('failed dials', D8.failed)]),
    line('D10', 'round trip, median', D10.time),
    line('', 'requests answered', D10.answered),
    row('D11', 'ended by', counts('', D11.counts) || 'unknown'),
    line('D13', 'recall of the k closest', D13),
    line('D14', 'rank error', D14),
  ].flatMap((each) => each ?? [])
}

function recordLines({ K5: { success, latency, placed } }: Statistics): string[] {
  return [
    line('K5', 'provides that succeed', success),
    line('', 'latency, median of provides', latency),
    line('', 'peers that took the record', placed),
  ].flatMap((each) => each ?? [])
}

function tableLines({ R1, R4, R5, R6, R7, R8 }: Statistics): string[] {
  if (R1.snapshot === null) return [row('R', 'routing tables', 'none were recorded')]
  const diameter = R8.diameter === null ? 'diameter unknown' : `diameter ${R8.exact ? '' : 'at least '}${R8.diameter}`
  return [
    row('R', 'routing tables', `snapshot "${R1.snapshot}"`),
    line('R1', 'entries per table', R1),
    line('R4', 'stale entries', R4),
    line('R5', 'k closest known', R5),
    line('R6', 'in-degree', R6.in),
    R6.in.n === 0
      ? null
      : note([
          `min ${show(R6.in.min)}, median ${show(R6.in.median)}, max ${show(R6.in.max)}, Gini ${show(R6.in.gini)}`,
        ]),
    note([R6.zeroIn.length > 0 ? `in no table: ${R6.zeroIn.length} (${R6.zeroIn.slice(0, 3).join(', ')})` : '']),
    line('R7', 'largest weak component', R7.weak),
    line('', 'largest strong component', R7.strong),
    line('R8', 'average shortest path', R8),
    R8.n === 0 ? null : note([diameter]),
  ].flatMap((each) => each ?? [])
}

function line(entry: string, label: string, sample: Sample): string | null {
  return sample.expected === 0 && sample.n === 0 ? null : row(entry, label, formatSample(sample))
}

function row(entry: string, label: string, text: string): string {
  return `${entry.padEnd(4)} ${label.padEnd(28)} ${text}`
}

function note(parts: readonly string[]): string | null {
  const text = parts.filter(Boolean).join('; ')
  return text === '' ? null : row('', '', text)
}

function quantiles(sample: Sample): string[] {
  const wanted = ['0.5', '0.9', '0.99'].map((p) => `p${Number(p) * 100} ${show(sample.quantiles?.[p] ?? null)}`)
  return [`${wanted.join(', ')} ${sample.unit} (${sample.rule})`]
}

function counts(label: string, by: Readonly<Record<string, number>> = {}): string {
  const parts = Object.entries(by).map(([value, count]) => `${value}: ${count}`)
  return parts.length > 0 ? `${label} ${parts.join(', ')}`.trim() : ''
}

function show(value: number | null): string {
  return value === null ? 'unknown' : formatNumber(value)
}
