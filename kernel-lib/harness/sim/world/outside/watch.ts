import workers, { type Worker } from 'node:worker_threads'
import type { Away } from './away.ts'
import { watchFiles } from './files.ts'
import type { Holes } from './holes.ts'
import { reading } from './reading.ts'
import { readings } from './readings.ts'
import { type Call, replace } from './replace.ts'
import { watchWork } from './work.ts'

/** Watches whatever a program can reach outside of virtual time: work that comes back is awaited in order, what the machine decides is told as a hole. */
export function watchOutside(away: Away, holes: Holes): void {
  watchWork(away)
  watchFiles(away, holes)
  replace(workers, 'Worker', (call) => holding(call, away))
  for (const [owner, label, names] of readings)
    for (const name of names) replace(owner, name, (call) => reading(call, `${label}.${name}`, holes))
}

/** A class of threads that hold time as long as they live. */
function holding(call: Call, away: Away): Call {
  return new Proxy(call, {
    construct(target, values, newTarget) {
      const worker = Reflect.construct(target, values, newTarget) as Worker
      return worker.once('exit', away.hold())
    },
  })
}

/** Watches the numbers of the process, which Node itself reads when it makes its modules' names anew. */
export function watchNumbers(holes: Holes): void {
  for (const name of ['pid', 'ppid'] as const) watchNumber(name, holes)
}

/** A number that differs from one process to the next. Node's own warnings name it too. */
function watchNumber(name: 'pid' | 'ppid', holes: Holes): void {
  const value = process[name]
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      holes.foundByProgram(`process.${name}`)
      return value
    },
  })
}
