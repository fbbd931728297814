// A process that ends a session's processes when its launcher is gone, however it went: the launcher holds our
// standard input open, and its end without a farewell means that nobody else is left to do it.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { killMarked } from './marked.ts'
import { isAlive, type ProcessName, processStart, signalGroup } from './process.ts'

/** What the launcher tells, one JSON object a line. */
export type KeeperLine = { readonly started: ProcessName } | { readonly ended: number } | { readonly farewell: true }

const patienceMs = 4000
const [, , mark = '', temp = ''] = process.argv

const watched = new Map<number, ProcessName>()
let farewell = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const told = JSON.parse(line) as KeeperLine
    if ('started' in told) watched.set(told.started.pid, told.started)
    if ('ended' in told) watched.delete(told.ended)
    if ('farewell' in told) farewell = true
  })
  .on('close', () => {
    if (farewell) process.exit(0)
    endAll(Date.now() + patienceMs)
  })

/** Kills until two looks in a row find nothing: a process that was being started when the launcher died shows itself late. */
function endAll(deadline: number, quiet = 0): void {
  const found = killWatched() + killMarked(mark)
  const calm = found === 0 ? quiet + 1 : 0
  if (calm < 2 && Date.now() < deadline) {
    setTimeout(endAll, 100, deadline, calm)
    return
  }
  if (temp !== '') rmSync(temp, { recursive: true, force: true })
  process.exit(0)
}

function killWatched(): number {
  let killed = 0
  for (const name of watched.values()) {
    const leader = processStart(name.pid)
    if (leader !== null && !isAlive(name)) continue
    if (signalGroup(name.pid, 'SIGKILL')) killed += 1
  }
  return killed
}
