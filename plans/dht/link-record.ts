import { defineRecord } from '@hoplab/sdk'

/** What a latency that the program shapes itself came to. */
export const linkRecord = defineRecord({
  name: 'link',
  file: 'link.ndjson',
  about: 'Round trips to one peer, once all have joined, where the program shapes a latency itself.',
  columns: {
    ts_ms: { type: 'number', unit: 'ms', about: 'When they were over, since the Unix epoch.' },
    peer: { type: 'string', about: 'Peer that was pinged: one that the node is connected to, drawn by the seed.' },
    configured_ms: {
      type: 'number',
      unit: 'ms',
      about: 'Round trip that the composition asks for: twice its latency.',
    },
    rtt_ms: {
      type: 'integer?',
      unit: 'ms',
      about: 'Median round trip of the pings that were answered; null where none was.',
    },
    pings: { type: 'integer', about: 'Pings that were answered, of 5.' },
  },
})
