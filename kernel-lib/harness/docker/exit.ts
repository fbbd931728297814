import type { Over } from '../instances/running.ts'

/** Signals that a program's first process is ended by, and that programs do not give as codes of their own. */
const fatal: Readonly<Record<number, NodeJS.Signals>> = {
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
}

/** What an exit code says that a container's first process gives of its program: 128 and more may be a signal's. */
export function exitOfCode(code: number): NonNullable<Over['exit']> {
  const signal = fatal[code]
  return signal === undefined ? { code, signal: null } : { code: null, signal }
}
