export { cases } from './cases/index.ts'
export { drawRecord } from './draw-record.ts'
export { upkeepRecord } from './upkeep-record.ts'
export { valueRecord } from './value-record.ts'
