import { type RecordSchema, surroundingsRecord, tableRecord } from '@hoplab/sdk'

const told = (about: string) =>
  ({ type: 'strings?', about: `${about} Null where the nodes' own records tell.` }) as const
const { nearest, gone, undialable, client } = surroundingsRecord.columns

/** A row of the table of routing tables: with what their owners could not know of them. */
export const snapshotSchema = {
  ...tableRecord,
  columns: {
    ...tableRecord.columns,
    nearest: told(nearest.about),
    gone: told(gone.about),
    undialable: told(undialable.about),
    client: told(client.about),
  },
} as const satisfies RecordSchema
