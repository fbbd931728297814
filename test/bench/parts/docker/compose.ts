import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, removeFound } from './command.ts'
import { watchEngine } from './engine-cpu.ts'
import type { Sleeper } from './sleeper.ts'
import type { Way } from './way.ts'

/** Compose as it is installed here, plugin or program of its own: the words that it begins with; null where there is none. */
export async function composeCommand(): Promise<readonly string[] | null> {
  for (const found of [['docker', 'compose'], ['docker-compose']]) {
    const [name = '', ...args] = found
    const version = await command(name, [...args, 'version']).catch(() => null)
    if (version !== null) return found
  }
  return null
}

const file = (image: string): string => `version: "3.7"
services:
  all:
    image: ${image}
    networks: [data, control]
networks:
  data: { internal: true }
  control: { internal: true }
`

/** `docker compose up --scale`, and `down`. */
export function compose(sleeper: Sleeper, image: string, [name = '', ...begin]: readonly string[]): Way {
  return {
    name: 'compose',
    async measure(count, signal) {
      const cwd = mkdtempSync(join(sleeper.folder, 'compose-'))
      writeFileSync(join(cwd, 'docker-compose.yml'), file(image))
      const project = `hoplab-bench-${process.pid}-${Date.now()}`
      const run = (...args: readonly string[]): Promise<string> =>
        command(name, [...begin, '--project-name', project, ...args], { cwd, signal })
      try {
        const cpu = watchEngine()
        const began = Date.now()
        await run('up', '-d', '--scale', `all=${count}`)
        const [upMs, cpuMs] = [Date.now() - began, cpu()]
        await run('down', '--timeout', '3').catch((error: Error) =>
          console.error(error.message.trimEnd().split('\n').at(-1)),
        )
        return { upMs, downMs: Date.now() - began - upMs, cpuMs, parts: {} }
      } finally {
        await removeFound(`label=com.docker.compose.project=${project}`)
      }
    },
  }
}
