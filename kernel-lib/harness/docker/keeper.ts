// A process that removes a session's containers, networks and servers when its launcher is gone, however it went: the launcher
// holds our standard input open, and its end without a farewell means that nobody else is left to do it.
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { endLeftovers } from '../machine/leftovers.ts'
import { openEngine } from './engine.ts'
import { removeToolbox } from './gate/toolbox.ts'
import { removeRun } from './remove.ts'

const patienceMs = 60_000
const [, , run = '', socket = '', folder = '', temp = ''] = process.argv
let told = ''

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.stdin
  .on('data', (bytes) => {
    told = (told + String(bytes)).slice(-64)
  })
  .on('error', () => {})
  .on('close', () => {
    if (told.includes('farewell') || run === '') process.exit(0)
    void removeAll(Date.now() + patienceMs).finally(() => process.exit(0))
  })

/** Looks until two looks in a row find nothing: the engine may still be making what it was asked for when the launcher died. */
async function removeAll(deadline: number): Promise<void> {
  const engine = openEngine(socket)
  if (folder !== '') await endLeftovers(folder)
  if (temp !== '') await rm(temp, { recursive: true, force: true })
  for (let calm = 0; calm < 2 && Date.now() < deadline; ) {
    if (folder !== '') await removeToolbox(folder)
    const found = await removeRun(engine, run).catch(() => null)
    calm = found !== null && found.containers + found.networks === 0 ? calm + 1 : 0
    await sleep(300)
  }
}
