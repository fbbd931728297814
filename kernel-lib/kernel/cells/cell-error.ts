import { format, inspect } from 'node:util'
import type { CellLines } from './cell-lines.ts'
import type { CellError } from './message.ts'

/** How tslab's executor prints one diagnostic. */
const diagnosticFormat = '%s%d:%d - %s'

/** What tslab told of a cell that did not end well: diagnostics, or the thing that was thrown. */
export type Complaint = readonly unknown[]

/** The error output of a cell, from everything that tslab told about it. */
export function cellError(complaints: readonly Complaint[], code: string, lines: CellLines): CellError {
  const diagnostics = complaints.filter(([first, ...rest]) => first === diagnosticFormat && rest.length === 4)
  if (diagnostics.length > 0) return typeError(diagnostics, code)
  return thrownError(complaints.at(-1)?.[0], lines)
}

/** The error output for something thrown, rejected or uncaught. */
export function thrownError(thrown: unknown, lines: CellLines): CellError {
  if (isInterrupt(thrown))
    return {
      ename: 'Interrupted',
      evalue: 'the cell was interrupted',
      traceback: ['Interrupted: the cell was interrupted'],
    }
  if (thrown instanceof Error || isErrorLike(thrown))
    return { ename: thrown.name || 'Error', evalue: thrown.message, traceback: traceback(thrown, lines) }
  const text = typeof thrown === 'string' ? thrown : inspect(thrown)
  return { ename: 'Thrown', evalue: text, traceback: [`Thrown: ${text}`] }
}

function isInterrupt(thrown: unknown): boolean {
  const error = thrown as { code?: unknown; message?: unknown } | null
  return error?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' || error?.message === 'Interrupted asynchronously'
}

/** Errors of another realm are no instance of ours. */
function isErrorLike(thrown: unknown): thrown is Error {
  return typeof (thrown as Error | null)?.message === 'string' && typeof (thrown as Error).stack === 'string'
}

function typeError(diagnostics: readonly Complaint[], code: string): CellError {
  const lines = code.split('\n')
  const texts = diagnostics.map((complaint) => format(...complaint))
  const blocks = diagnostics.flatMap((complaint, index) => {
    const [, file, line, column] = complaint as [string, string, number, number, string]
    const source = file === '' ? lines[line - 1] : undefined
    return [texts[index] as string, ...(source === undefined ? [] : [`  ${source}`, `  ${' '.repeat(column - 1)}^`])]
  })
  return { ename: 'TypeScriptError', evalue: texts[0] as string, traceback: blocks }
}

/** The message, then the frames that are not of the kernel, of tslab or of Node's insides. */
function traceback(error: Error, lines: CellLines): string[] {
  const [head, frames] = splitStack(error)
  const told = frames.map((line) => lines.frame(line)).filter((line) => line !== null)
  const cause = error.cause === undefined ? [] : ['caused by:', ...thrownError(error.cause, lines).traceback]
  return [...head.split('\n'), ...told, ...cause]
}

function splitStack(error: Error): [head: string, frames: string[]] {
  const lines = String(error.stack ?? '').split('\n')
  const first = lines.findIndex((line) => /^\s+at /.test(line))
  const name = error.name || 'Error'
  return [`${name}: ${error.message}`, first === -1 ? [] : lines.slice(first)]
}
