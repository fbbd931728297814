import type { Toolbox } from './toolbox.ts'

/** Exit code of a program that was never let go. */
const heldCode = 75

/** The command line of a program that is held until its standard input brings a line, then runs with none; it ends where the input ends first, so that nothing outlives its launcher. */
export function heldCommand({ shell }: Toolbox, command: readonly string[]): readonly string[] {
  return [...shell, '-c', `read -r _ || exit ${heldCode}; exec "$@" </dev/null`, 'sh', ...command]
}

/** What lets a held program go. */
export const go = '\n'
