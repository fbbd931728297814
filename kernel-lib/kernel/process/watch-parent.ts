import { fileURLToPath } from 'node:url'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { killTree } from './processes.ts'

const intervalMs = 500

/**
 * Ends this process, and all that it started, within a second after its parent is gone, however the parent died.
 * The watch is a thread of its own, because a cell may keep the main one busy for ever.
 */
export function watchParent(parent: number): void {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { parent }, stdin: false, execArgv: [] })
  worker.unref()
}

if (!isMainThread && typeof workerData?.parent === 'number') {
  setInterval(() => {
    if (process.ppid !== workerData.parent) killTree(process.pid)
  }, intervalMs)
}
