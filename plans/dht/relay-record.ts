import { defineRecord } from '@hoplab/sdk'

/** What became of the places at relays that a node is reached through. */
export const relayRecord = defineRecord({
  name: 'relay',
  file: 'relay.ndjson',
  about: 'A place at a relay, where a node cannot be dialed itself.',
  columns: {
    ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch (virtual on `sim`).' },
    relay: { type: 'string', about: 'Peer id of the relay.' },
    event: {
      type: 'string',
      values: ['reserved', 'failed', 'lost'],
      about:
        '`reserved`: others reach the node through it from now on; `failed`: the relay did not answer or gave no place; `lost`: it is gone, and the way in with it.',
    },
    cause: { type: 'string?', about: 'Why it failed, as in query events; null for the others.' },
  },
})
