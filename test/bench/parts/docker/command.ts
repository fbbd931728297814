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

/** Removes containers and networks that a filter of the engine's finds. What the engine keeps is told: old ones lose count of a network's endpoints, whoever made them. */
export async function removeFound(filter: string): Promise<void> {
  const containers = words(await command('docker', ['ps', '-aq', '--filter', filter]))
  if (containers.length > 0) await command('docker', ['rm', '-f', ...containers])
  const networks = words(await command('docker', ['network', 'ls', '-q', '--filter', filter]))
  for (const id of networks)
    await command('docker', ['network', 'rm', id]).catch((error: Error) => console.error(`left: ${error.message}`))
}

/** The words of a text. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean)
}
