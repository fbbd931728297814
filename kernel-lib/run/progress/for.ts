import type { Observer } from '../observer.ts'
import { lineProgress } from './lines.ts'
import { terminalProgress } from './terminal.ts'

/** The progress of a command: in place where standard error is a terminal, else plain lines for `write`. */
export function progressFor(write: (line: string) => void): Observer {
  const { stderr, env } = process
  if (!stderr.isTTY || env.TERM === 'dumb') return lineProgress(write)
  return terminalProgress(stderr, { colour: !env.NO_COLOR })
}
