import { command, removeFound } from './command.ts'
import { watchEngine } from './engine-cpu.ts'
import type { Way } from './way.ts'

/** What a user would type: `docker run` and `docker network connect` for each, one after the other, and one `docker rm`. */
export function loop(image: string): Way {
  return {
    name: 'loop',
    async measure(count, signal) {
      const label = `hoplab.bench=${process.pid}-${Date.now()}`
      const docker = (...args: readonly string[]): Promise<string> => command('docker', args, { signal })
      try {
        const cpu = watchEngine()
        const began = Date.now()
        const [data = '', control = ''] = [`${label.slice(13)}-data`, `${label.slice(13)}-control`]
        for (const name of [data, control]) await docker('network', 'create', '--internal', '--label', label, name)
        for (let index = 0; index < count; index += 1) {
          const id = await docker('run', '-d', '--label', label, '--network', data, image)
          await docker('network', 'connect', control, id.trim())
        }
        const [upMs, cpuMs] = [Date.now() - began, cpu()]
        const downMs = await remove(label)
        return { upMs, downMs, cpuMs, parts: {} }
      } catch (error) {
        await remove(label)
        throw error
      }
    },
  }
}

/** Removes what has a label; resolves to how long it took, ms. */
async function remove(label: string): Promise<number> {
  const began = Date.now()
  await removeFound(`label=${label}`)
  return Date.now() - began
}
