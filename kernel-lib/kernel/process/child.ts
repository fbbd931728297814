// The process that runs a notebook's cells for `executeNotebook`: speaks over the IPC channel of node:child_process.
import type { FromKernel, ToKernel } from '../cells/message.ts'
import { CellSession } from '../cells/session.ts'
import { loadTslab } from '../cells/tslab.ts'
import { killTree } from './processes.ts'
import { watchParent } from './watch-parent.ts'

watchParent(process.ppid)
const tslab = loadTslab({ watch: false })
let cell = 0
const send = (message: FromKernel): void => {
  if (process.connected) process.send?.(message)
}
const session = new CellSession(tslab, (message) => send({ type: 'output', cell, message }))

let queue: Promise<void> = Promise.resolve()
const execute = async (code: string, number: number): Promise<void> => {
  cell = number
  const { status, executionCount } = await session.execute(code)
  send({ type: 'reply', cell, reply: { status, executionCount } })
}

process.on('SIGINT', () => session.interrupt())
process.on('uncaughtException', (error) => session.fail(error))
process.on('unhandledRejection', (reason) => session.fail(reason))
// The launcher is gone, so what cells started goes too.
process.on('disconnect', () => killTree(process.pid))
process.on('message', (message: ToKernel) => {
  if (message.type === 'end') process.exit(0)
  queue = queue.then(() => execute(message.code, message.cell))
})
send({ type: 'ready', versions: { ...tslab.versions, node: process.versions.node } })
