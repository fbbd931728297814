export { bootstrapRecord } from './bootstrap-record.ts'
export { cases } from './cases/index.ts'
export { linkRecord } from './link-record.ts'
export { relayRecord } from './relay-record.ts'
