import { type Board, terminalBoard } from './board.ts'
import { lineProgress } from './lines.ts'

/** The progress of a command: in place where standard error is a terminal, else plain lines for `write`, each behind the label of its run. */
export function progressFor(write: (line: string) => void): Board {
  const { stderr, env } = process
  if (stderr.isTTY && env.TERM !== 'dumb') return terminalBoard(stderr, { colour: !env.NO_COLOR })
  return { seat: (label) => lineProgress(label === '' ? write : (line) => write(`${label}  ${line}`)) }
}
