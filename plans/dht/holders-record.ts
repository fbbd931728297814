import { defineRecord } from '@hoplab/sdk'

/** What became of the peers that a record was stored with. */
export const holdersRecord = defineRecord({
  name: 'holders',
  file: 'holders.ndjson',
  about:
    'How many of the peers that a record was sent to run, and hold it still, when a round of searching begins, told by its provider.',
  columns: {
    ts_ms: { type: 'number', unit: 'ms', about: 'When, since the Unix epoch (virtual on `sim`).' },
    round: { type: 'integer', about: 'Round of searching, from 0.' },
    target: {
      type: 'string',
      format: 'key',
      about: 'Key of the record in the key space, 64 hexadecimal digits.',
    },
    provided_ms: { type: 'number', unit: 'ms', about: 'When its provide ended, on the same clock.' },
    holders: { type: 'integer', unit: 'peers', about: 'Peers that it was sent to.' },
    alive: {
      type: 'integer',
      unit: 'peers',
      about: 'Those of them that run now, also where they crashed and came back.',
    },
    holding: {
      type: 'integer',
      unit: 'peers',
      about:
        'Those of them that have run ever since its provide ended: one that crashed in between holds nothing any more.',
    },
  },
})
