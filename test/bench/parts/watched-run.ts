import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Taken, watchFamily } from './family.ts'

const root = join(import.meta.dirname, '../../..')

/** What a run came to, and what its processes took. */
export interface WatchedRun {
  readonly outcome: string
  /** Its folder, absolute. */
  readonly folder: string
  /** For each of `parts`, in their order. */
  readonly taken: readonly Taken[]
}

/** Statistics as far as benches read them. */
export interface StatisticLine {
  readonly mean?: number | null
  readonly n?: number
  readonly all?: { readonly sent?: { readonly mean?: number | null } }
}

/** Runs a composition of a file in its folder, and watches those of its processes apart whose command lines hold each of `parts`. */
export async function runWatched(
  file: string,
  { folder, parts }: { readonly folder: string; readonly parts: readonly string[] },
): Promise<WatchedRun> {
  const { told, taken } = await hoplab(['run', file, '--json', '--runs', join(folder, 'runs')], parts)
  const { outcome, folder: runFolder } = told as { outcome: string; folder: string }
  return { outcome, folder: runFolder, taken }
}

/** Statistics of a run, as `hoplab show --json` prints them. */
export async function statisticsOf({
  folder,
}: WatchedRun): Promise<Readonly<Record<string, StatisticLine | undefined>>> {
  const { told } = await hoplab(['show', folder, '--json'], [])
  return told.statistics as Readonly<Record<string, StatisticLine | undefined>>
}

function hoplab(
  args: readonly string[],
  parts: readonly string[],
): Promise<{ readonly told: Record<string, unknown>; readonly taken: readonly Taken[] }> {
  const child = spawn(process.execPath, [join(root, 'kernel-lib/bin/hoplab.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const watched = parts.map((part) => watchFamily(child.pid ?? 0, part))
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const taken = watched.map((stop) => stop())
      if (out.trim() === '') reject(new Error(`hoplab ${args[0]} ended with ${code} and no result`))
      else resolve({ told: JSON.parse(out), taken })
    })
  })
}
