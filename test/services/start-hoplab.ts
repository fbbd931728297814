import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A hoplab command in a process of its own. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** Starts the command, from source. */
export function startHoplab(words: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(
    process.execPath,
    ['--conditions=hoplab-source', '--import', 'tsx', join(import.meta.dirname, 'hoplab.ts'), ...words],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  return { child, ended: new Promise((done) => child.once('close', (code) => done({ code, out, err }))) }
}
