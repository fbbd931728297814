import { freemem } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type CommandLine, fromSource } from '../machine/own.ts'
import { programCommand } from '../machine/program.ts'

/** How a program is started in a simulation: by Node, after virtual time has taken the machine's place. */
export function commandOf(file: string): CommandLine {
  const { command, args } = programCommand(file)
  const install = new URL(`./world/install.${fromSource() ? 'ts' : 'js'}`, import.meta.url)
  const at = args.length - 1
  return {
    command,
    args: [
      ...heapOptions(),
      ...args.slice(0, at),
      '--import',
      pathToFileURL(fileURLToPath(install)).href,
      ...args.slice(at),
    ],
  }
}

/** Room for objects that live for one event: what does not fit is kept for long, at the price of a tenth of the processor. MB */
const youngMb = 64

/** Node bounds its heap to a part of memory that hundreds of nodes outgrow. */
function heapOptions(): readonly string[] {
  const megabytes = Math.floor((freemem() * 0.8) / 2 ** 20)
  return [`--max-old-space-size=${megabytes}`, `--max-semi-space-size=${youngMb}`]
}
