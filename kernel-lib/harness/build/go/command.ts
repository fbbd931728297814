import { execFile } from 'node:child_process'
import { AbsentError, InputError } from '../../../errors.ts'

const linesShown = 20
/** Far above what a compiler prints; it stops after ten errors a package. */
const mostBytes = 16 << 20

/** Where a command of Go runs. */
export interface GoPlace {
  /** Folder of a module. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a command of Go on the module in a folder; resolves to what it prints.
 *
 * @throws AbsentError where there is no `go`, InputError with the lines of its standard error where it fails.
 */
export function go(args: readonly string[], { folder, signal }: GoPlace): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  return new Promise((resolve, reject) => {
    execFile('go', args, { cwd: folder, env, signal, maxBuffer: mostBytes }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(fault(error, { args, folder, stderr }))
    })
  })
}

interface Failed {
  readonly args: readonly string[]
  readonly folder: string
  readonly stderr: string
}

function fault(error: Error & { code?: unknown }, { args, folder, stderr }: Failed): Error {
  if (error.name === 'AbortError') return error
  if (error.code === 'ENOENT')
    return new AbsentError(
      'builder exec:go needs go, and it is not on PATH: apt-get install golang-go, or unpack Go from its site',
    )
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('go: downloading '))
  const shown = lines.slice(0, linesShown).map((line) => `  ${line}`)
  const more = lines.length > linesShown ? [`  … and ${lines.length - linesShown} lines more`] : []
  return new InputError([`go ${args[0]} failed in ${folder}:`, ...shown, ...more].join('\n'))
}
