import { defineRecord } from '@hoplab/sdk'

/** A query that a node made for its own table, or a refresh that made such queries. */
export const upkeepRecord = defineRecord({
  name: 'upkeep',
  file: 'upkeep.ndjson',
  about: 'What a node did for its own table, one row a query, written when it ended.',
  columns: {
    start_ms: { type: 'number', unit: 'ms', about: 'Start, since the Unix epoch (virtual on `sim`).' },
    end_ms: {
      type: 'number',
      unit: 'ms',
      about: 'End, on the same clock; the start of a refresh, which does not wait.',
    },
    kind: {
      type: 'string',
      values: ['self-query', 'self-lookup', 'refresh', 'refresh-query'],
      about:
        "`self-query`: js-libp2p's own; `self-lookup`: the probe's, in its place; `refresh`: the table refresh began; `refresh-query`: a lookup that a refresh made.",
    },
    cpl: { type: 'integer', unit: 'bits', about: 'Leading bits that what was looked up shares with the own key.' },
    ended: {
      type: 'string',
      values: ['drained', 'left'],
      about: '`drained`: the query went to its end; `left`: whoever asked stopped taking its events.',
    },
    events: { type: 'integer', about: 'Events that whoever asked took, of any kind.' },
    dials: { type: 'integer', about: 'Of these DIAL_PEER: a peer is about to be asked, connected or not.' },
    sent: { type: 'integer', unit: 'requests', about: 'Of these SEND_QUERY.' },
    answered: { type: 'integer', unit: 'answers', about: 'Of these PEER_RESPONSE.' },
    failed: { type: 'integer', unit: 'requests', about: 'Of these QUERY_ERROR.' },
    found: { type: 'integer', unit: 'peers', about: 'Of these FINAL_PEER: peers that the query returned.' },
    table: { type: 'integer', unit: 'peers', about: 'Entries of the own table at the end of the query.' },
  },
})
