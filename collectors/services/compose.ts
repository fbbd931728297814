import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AbsentError } from 'hoplab'
import { engineSocket } from 'hoplab/harness/docker/engine.ts'
import { type Settings, setting, settingsFile } from './settings.ts'

/** The file of the services, which is not compiled. */
export const composeFile = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@hoplab/collectors/package.json')), 'services', 'compose.yaml')

/** How compose is started here: `docker compose`, or `docker-compose`. */
export type ComposeWords = readonly [string, ...string[]]

/** How a command ended, and all that it said. */
export interface Said {
  readonly code: number
  readonly text: string
}

/**
 * Looks for Docker Compose.
 *
 * @throws AbsentError that says what to install.
 */
export async function findCompose(signal: AbortSignal): Promise<ComposeWords> {
  const ways: readonly ComposeWords[] = [['docker', 'compose'], ['docker-compose']]
  for (const way of ways) {
    const { code, text } = await runWords([...way, 'version', '--short'], process.env, signal)
    const [, major = 0, minor = 0] = /(\d+)\.(\d+)\.\d+/.exec(text)?.map(Number) ?? []
    // 1.28 is the first that knows profiles.
    if (code === 0 && (major > 1 || minor >= 28)) return way
  }
  throw new AbsentError(
    'hoplab services needs Docker Compose: apt-get install docker-compose (Debian), or docker-compose-plugin (packages of docker.com)',
  )
}

/** Runs compose on the services of a folder. */
export async function compose(
  way: ComposeWords,
  words: readonly string[],
  { folder, settings, signal }: { readonly folder: string; readonly settings: Settings; readonly signal: AbortSignal },
): Promise<Said> {
  const project = setting(settings, 'COMPOSE_PROJECT_NAME')
  const where = ['--env-file', settingsFile(folder), '-p', project, '-f', composeFile(), '--profile', 'grafana']
  return runWords([...way, ...where, ...words], composeEnv(), signal)
}

/** The file of settings alone decides: what the environment says of the same names would go before it. */
function composeEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(COMPOSE|HOPLAB)_/.test(name))
  return { ...Object.fromEntries(kept), DOCKER_HOST: `unix://${engineSocket()}`, COMPOSE_IGNORE_ORPHANS: 'true' }
}

function runWords(
  [program = '', ...words]: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], signal })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += chunk
      })
    child.once('error', (error) => (signal.aborted ? reject(error) : resolve({ code: 127, text: error.message })))
    child.once('close', (code) => resolve({ code: code ?? 1, text }))
  })
}
