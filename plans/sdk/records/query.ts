import { defineRecord } from '../record.ts'

/** What happened inside a lookup, in causal order. */
export const queryRecord = defineRecord({
  name: 'query_events',
  file: 'queries.ndjson',
  about: 'An event inside a lookup.',
  columns: {
    ts_ms: {
      type: 'number',
      unit: 'ms',
      about: 'When, since the Unix epoch (virtual on `sim`).',
    },
    lookup: { type: 'string', about: 'The lookup it belongs to.' },
    event: {
      type: 'string',
      values: ['seen', 'dial', 'dialed', 'dial-failed', 'sent', 'answered', 'failed', 'found', 'ended'],
      about:
        '`seen`: a peer entered the queue; `dial`: a new connection was begun; `dialed`: it was opened; `dial-failed`: it was not; `sent`: a request left; `answered`; `failed`: no usable answer to a request that was sent; `found`: this peer held or named the result; `ended`: the query is over.',
    },
    path: {
      type: 'integer',
      about: 'Index of the disjoint path, 0 where there is one; −1 for the own node.',
    },
    peer: { type: 'string?', about: 'The peer asked; null for `ended`.' },
    closer: {
      type: 'strings?',
      about: 'Peers that the answer named, in its order.',
    },
    providers: { type: 'strings?', about: 'Providers that the answer named.' },
    cause: {
      type: 'string?',
      about:
        'Why it failed: `refused`, `timeout`, `cancelled`, `no-address`, `reset`, `unsupported`, `other`; for `ended` the termination reason.',
    },
  },
})
