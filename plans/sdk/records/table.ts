import { defineRecord } from '../record.ts'

/** A routing table at a named moment, whole, on one line: a cut line loses the snapshot and no half of it is taken for whole. */
export const tableRecord = defineRecord({
  name: 'snapshots',
  file: 'tables.ndjson',
  about: 'A routing table at a named moment.',
  columns: {
    ts_ms: {
      type: 'number',
      unit: 'ms',
      about: 'When, since the Unix epoch (virtual on `sim`).',
    },
    snapshot: {
      type: 'string',
      about: 'Named moment: `joined`, `bootstrapped`, `end`.',
    },
    peer: { type: 'string', about: 'Owner of the table.' },
    k: { type: 'integer', unit: 'peers', about: 'Bucket size.' },
    buckets: {
      type: 'buckets',
      about: 'Peers by common prefix length with the owner: element i holds the ids that share exactly i bits.',
    },
  },
})
