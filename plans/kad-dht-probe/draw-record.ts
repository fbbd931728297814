import { defineRecord } from '@hoplab/sdk'

/** What a refresh of a bucket would look up. */
export const drawRecord = defineRecord({
  name: 'draws',
  file: 'draws.ndjson',
  about: 'A refresh target that was drawn and not looked up.',
  columns: {
    bucket: {
      type: 'integer',
      unit: 'bits',
      about: 'The bucket that it was drawn for: leading bits it is to share with the own key.',
    },
    cpl: { type: 'integer', unit: 'bits', about: 'Leading bits that its key shares with the own key.' },
    key: { type: 'string', format: 'key', about: 'Its key, 64 hexadecimal digits.' },
  },
})
