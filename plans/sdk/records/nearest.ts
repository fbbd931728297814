import { defineRecord } from '../record.ts'

/** Who was truly nearest when a walk began: written where the nodes' own records do not tell, as in a network most of whose nodes run no program. */
export const nearestRecord = defineRecord({
  name: 'nearest',
  file: 'nearest.ndjson',
  about: 'The peers truly nearest to what a lookup is after, when it began.',
  columns: {
    lookup: { type: 'string', about: 'Name of the lookup, unique in its instance.' },
    nearest: {
      type: 'strings',
      about:
        'The k servers nearest to the target that ran and that others could dial, nearest first, without the node that asks.',
    },
  },
})
