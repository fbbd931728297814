import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a command and gives what it printed. Rejects with what it wrote to standard error. */
export async function command(
  name: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(name, args, { maxBuffer: 1e8, ...options }).catch((error) => {
    throw new Error(`${name} ${args.slice(0, 3).join(' ')}: ${error.stderr || error.message}`)
  })
  return stdout
}

/** The words of a text. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean)
}
