export type {
  Clock,
  Env,
  Net,
  Params,
  ParamValue,
  Random,
  RecordWriter,
  Sync,
  TestCase,
  TestCases,
} from './env.ts'
export {
  type Column,
  type ColumnType,
  defineRecord,
  type RecordSchema,
  type Row,
} from './record.ts'
export {
  lookupRecord,
  nodeRecord,
  queryRecord,
  records,
  tableRecord,
} from './records/index.ts'
