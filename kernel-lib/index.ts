export type { Command, CommandOption, Invocation } from './command.ts'
export { AbsentError, InputError } from './errors.ts'
