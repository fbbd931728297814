export type { Workspace } from '../command.ts'
