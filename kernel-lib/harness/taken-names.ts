/** Names in a run folder that are no group's. */
export const takenNames: readonly string[] = [
  'processes',
  'schemas',
  'cancel',
  'run.json',
  'record.json',
  'processes.ndjson',
  'composition.toml',
  'trace.ndjson.gz',
]
