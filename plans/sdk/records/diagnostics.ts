import { defineRecord } from '../record.ts'

/** How the process of an instance did since the row before: one line every few seconds and one when the instance ends. */
export const diagnosticsRecord = defineRecord({
  name: 'diagnostics',
  file: 'diagnostics.ndjson',
  about:
    'How the process that holds an instance did, every few seconds. Instances that share a process tell the same of it.',
  columns: {
    ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch.' },
    cpu_percent: { type: 'number', unit: '%', about: 'CPU time of the process since the row before, of one core.' },
    rss_bytes: { type: 'integer', unit: 'bytes', about: 'Resident memory of the process.' },
    heap_bytes: { type: 'integer', unit: 'bytes', about: 'Heap of JavaScript in use.' },
    loop_delay_p50_ms: {
      type: 'number',
      unit: 'ms',
      about: 'How much later than due the event loop came to a timer, median since the row before.',
    },
    loop_delay_p99_ms: { type: 'number', unit: 'ms', about: 'The same, 99th percentile.' },
    loop_delay_max_ms: { type: 'number', unit: 'ms', about: 'The same, largest.' },
    connections: {
      type: 'integer',
      unit: 'connections',
      about: 'Open TCP connections of the process, those to the sync service included.',
    },
    shared_by: { type: 'integer', unit: 'instances', about: 'Instances in the process that had not ended.' },
  },
})
