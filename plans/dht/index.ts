export { bootstrapRecord } from './bootstrap-record.ts'
export { cases } from './cases/index.ts'
