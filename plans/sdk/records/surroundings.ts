import { defineRecord } from '../record.ts'

/** What the owner of a routing table cannot know of it: written beside a snapshot where the nodes' own records do not tell, as in a network most of whose nodes run no program. */
export const surroundingsRecord = defineRecord({
  name: 'surroundings',
  file: 'surroundings.ndjson',
  about: 'Who was truly near the owner of a routing table, and which of its entries were stale, at a snapshot.',
  columns: {
    snapshot: { type: 'string', about: 'Named moment, as in `tables.ndjson`.' },
    nearest: {
      type: 'strings',
      about:
        'The k servers nearest to the owner that ran, whether others could dial them or not, nearest first, without the owner.',
    },
    gone: { type: 'strings', about: 'Entries whose peer did not run.' },
    undialable: { type: 'strings', about: 'Entries whose peer ran and that others could not dial.' },
    client: { type: 'strings', about: 'Entries whose peer ran, could be dialed, and answers no request of the DHT.' },
  },
})
