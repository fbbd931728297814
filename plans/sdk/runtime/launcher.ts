import { fstatSync } from 'node:fs'

const lookEveryMs = 500

/** Ends this process as soon as the launcher named by HOPLAB_LAUNCHER (a process id) is gone, or closes the pipe that is our standard input. Does nothing where the variable is not set. */
export function endWithLauncher(): void {
  const launcher = Number(process.env.HOPLAB_LAUNCHER)
  if (!Number.isSafeInteger(launcher) || launcher < 1) return
  const timer = setInterval(() => {
    if (!alive(launcher)) leave()
  }, lookEveryMs)
  timer.unref()
  if (!stdinIsPipe()) return
  process.stdin.on('end', leave).on('error', leave).resume()
  process.stdin.unref()
}

function leave(): void {
  process.exit(1)
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function stdinIsPipe(): boolean {
  try {
    const status = fstatSync(0)
    return status.isFIFO() || status.isSocket()
  } catch {
    return false
  }
}
