// The process that Jupyter starts for a notebook: `node jupyter.js CONNECTION_FILE`, as the kernelspec says.
import { readFileSync } from 'node:fs'
import { CellSession } from '../cells/session.ts'
import { loadTslab, type Tslab } from '../cells/tslab.ts'
import { descendants, killAll } from '../process/processes.ts'
import { watchParent } from '../process/watch-parent.ts'
import { type CodeAnswers, JupyterServer } from './server.ts'
import { type Connection, openChannels, type Zeromq } from './sockets.ts'

watchParent(process.ppid)
const file = process.argv[2]
if (file === undefined) throw new Error('jupyter.js: name a connection file; Jupyter does, by the kernelspec')
const connection = JSON.parse(readFileSync(file, 'utf8')) as Connection
const tslab = loadTslab({ watch: true })
const channels = await openChannels(tslab.require('zeromq') as Zeromq, connection)
const server = new JupyterServer({ channels, key: connection.key, answers: answers(tslab), onShutdown: end })
const session = new CellSession(tslab, (message) => server.publish(message))

process.on('SIGINT', () => session.interrupt())
process.on('uncaughtException', (error) => session.fail(error))
process.on('unhandledRejection', (reason) => session.fail(reason))
server.serve(session)

function end(): void {
  killAll(descendants(process.pid))
  process.exit(0)
}

/** Completion and tooltips, from the session's compiler. Positions come in Unicode characters, code is in UTF-16 units. */
function answers({ versions, describe, isCompleteCode }: Tslab): CodeAnswers {
  const units = (code: string, characters: number): number => [...code].slice(0, characters).join('').length
  const characters = (code: string, unit: number): number => [...code.slice(0, unit)].length
  return {
    language: { version: versions.typescript },
    complete(code, position) {
      const { start, end, candidates } = session.executor.complete(code, units(code, position))
      const range = { cursor_start: characters(code, start), cursor_end: characters(code, end) }
      return { status: 'ok', matches: candidates, metadata: {}, ...range }
    },
    inspect(code, position) {
      const info = session.executor.inspect(code, units(code, position))
      const data = info === undefined ? {} : { 'text/plain': describe(info) }
      return { status: 'ok', found: info !== undefined, data, metadata: {} }
    },
    isComplete(code) {
      const { completed, indent } = isCompleteCode(code)
      return completed ? { status: 'complete' } : { status: 'incomplete', indent: indent ?? '' }
    },
  }
}
