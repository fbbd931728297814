import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import { type Helper, startHelper } from './helper.ts'

/** Knows what the kernel ended for its memory. */
export interface MemoryWitness {
  /** Whether it ended a process of a container; false where its log cannot be read, or is not within half a minute: the run goes on without. */
  ended(container: string): Promise<boolean>
}

const log = '/dev/kmsg'
const yes = 'yes'
/** An engine that hangs takes connections and never answers. */
const patienceMs = 30_000

/** For each line, the id of a container: whether the kernel's log says that it ended a process of its control group. A read gives one record; records that were overwritten meanwhile are passed over. */
const program = `
const { openSync, readSync, closeSync, constants } = require('node:fs')
const buffer = Buffer.alloc(16384)
function next(log) {
  for (;;) {
    try { return buffer.toString('utf8', 0, readSync(log, buffer)) }
    catch ({ code }) { if (code !== 'EPIPE') return null }
  }
}
function isIn(log, id) {
  for (let record = next(log); record !== null; record = next(log))
    if (/;oom-kill:.*task_memcg=(\\S*)/.exec(record)?.[1].includes(id)) return true
  return false
}
require('node:readline').createInterface({ input: process.stdin }).on('line', (id) => {
  const log = openSync('${log}', constants.O_RDONLY | constants.O_NONBLOCK)
  console.log(isIn(log, id) ? '${yes}' : 'no')
  closeSync(log)
})
`

/** Asks the kernel's log, when it is first needed through a container that may read it: a busy engine misses a third of what the kernel ends. */
export function memoryWitness(engine: Docker, run: string): MemoryWitness {
  let helper: Promise<Helper | null> | null = null
  return {
    async ended(container) {
      helper ??= startHelper(engine, {
        run,
        part: 'memory',
        program,
        may: { Devices: [{ PathOnHost: log, PathInContainer: log, CgroupPermissions: 'r' }], CapAdd: ['SYSLOG'] },
      }).catch(() => null)
      const asking = helper.then((one) => one?.ask(container))
      return (await Promise.race([asking, sleep(patienceMs, null, { ref: false })])) === yes
    },
  }
}
