import { spawn } from 'node:child_process'
import type { Devices } from './link.ts'

/** A network namespace that commands are run in. */
export interface Namespace {
  /** Whose it is, as people read it: `single/3`. */
  readonly name: string
  /** Words before a command that make it run there: `nsenter --net=/proc/7/ns/net`. */
  readonly enter: readonly string[]
  readonly devices: Devices
}

/** Runs lines as one batch of `ip` or `tc` in a namespace. Rejects with the namespace, the line and what was said of it. */
export async function runBatch(
  { name, enter }: Pick<Namespace, 'name' | 'enter'>,
  tool: 'ip' | 'tc',
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return
  const { code, errors } = await runCommand([...enter, tool, '-batch', '-'], `${lines.join('\n')}\n`)
  if (code === 0) return
  const at = Number(/Command failed -:(\d+)/.exec(errors)?.[1] ?? 0)
  throw new Error(`${name}: ${tool} ${lines[at - 1] ?? lines.join('; ')}: ${said(errors)}`)
}

/** Runs one command in a namespace. Rejects with the namespace, the command and what it said. */
export async function runIn(
  { name, enter }: Pick<Namespace, 'name' | 'enter'>,
  command: readonly string[],
): Promise<void> {
  const { code, errors } = await runCommand([...enter, ...command], '')
  if (code !== 0) throw new Error(`${name}: ${command.join(' ')}: ${said(errors)}`)
}

/** How a command ended: its exit code, null where it was killed or could not be started, and what it printed. */
export interface Ran {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a command to its end; never rejects. */
export function runCommand([program = '', ...args]: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.on('data', (bytes) => {
      output += String(bytes)
    })
    child.stderr.on('data', (bytes) => {
      errors += String(bytes)
    })
    child.on('error', (error) => resolve({ code: null, output, errors: error.message }))
    child.on('close', (code) => resolve({ code, output, errors }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function said(errors: string): string {
  const lines = errors.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Command failed'))
  return lines.join(' ').trim() || 'it failed and said nothing'
}
