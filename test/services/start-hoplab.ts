import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const tellMemory = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS*1024+' bytes'))`
let compiled = false

/** A hoplab command in a process of its own. */
export interface Started {
  readonly child: ChildProcess
  /** What it said; standard error ends in `peak N bytes`, unless it was killed. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** Starts the command as users have it, compiled. */
export function startHoplab(words: readonly string[]): Started {
  if (!compiled) spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root })
  compiled = true
  const child = spawn(process.execPath, ['--import', tellMemory, join(root, 'kernel-lib/bin/hoplab.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
