export { type RowCheck, rowCheck } from './check.ts'
export { type Clock, machineClock } from './clock.ts'
export type {
  Assignment,
  Env,
  LinkShape,
  Net,
  RecordWriter,
  Sync,
  TestCase,
  TestCases,
} from './env.ts'
export { type HostOptions, host } from './host.ts'
export { type IdentitiesHeader, identitiesFile, identitiesHeader, readIdentitiesHeader } from './identities.ts'
export { type JsonSchema, jsonSchema } from './json-schema.ts'
export {
  commonPrefixLength,
  compareDistance,
  fromHex,
  type Key,
  keyOfBytes,
  log2Distance,
  toHex,
} from './keyspace.ts'
export { type Life, type LifeChange, unbroken } from './life.ts'
export { type LinkQueue, type LinkStream, linkQueue, type Passage } from './link/queue.ts'
export type { Params, ParamValue } from './params.ts'
export type { Home, MakeResident, Population, Resident, SeenTables, TableStart } from './population.ts'
export { type Random, seededRandom } from './random.ts'
export {
  type Column,
  type ColumnType,
  defineRecord,
  type RecordSchema,
  type Row,
} from './record.ts'
export {
  diagnosticsRecord,
  lookupRecord,
  nearestRecord,
  nodeRecord,
  queryRecord,
  records,
  surroundingsRecord,
  tableRecord,
} from './records/index.ts'
export type { ByteStream, StreamHandlers, StreamListener, StreamNet } from './streams.ts'
export { connectSync, type SyncAddress, type SyncClient } from './sync/client.ts'
export { SyncError, type SyncErrorKind } from './sync/error.ts'
export { type Stream, stream } from './sync/stream.ts'
export { type RunKeys, runKeys, type SyncRequest, type SyncResponse } from './sync/wire.ts'
export { drawFrom } from './tables/draw.ts'
export { goneAmong } from './tables/gone.ts'
export type { FillOptions } from './tables/kademlia.ts'
export { keyAt, keysInOrder, randomKeys, type SortedKeys, sortedKeys, wordsAt } from './tables/keys.ts'
export { type AnyTableOptions, type ModelKind, tableModels } from './tables/models.ts'
export { byDistance, closestTo, nearestOf } from './tables/nearest.ts'
export { type Neighbourhood, withNeighbourhood } from './tables/neighbourhood.ts'
export { bucketsOf, halves, isNearer, type Range, rankOf } from './tables/range.ts'
export type { TableModel, TableOptions } from './tables/table.ts'
export { thinned } from './tables/thin.ts'
export { mostPeers, risingOrder, wordsOf } from './tables/words.ts'
export { type Place, putWorld, type World, worldHere } from './world.ts'
