export type { LogLine } from './logs/line.ts'
export { type LogFilter, readLogs } from './logs/read.ts'
