import { answerWithinMs } from './in-time.ts'
import type { ServerKind } from './server.ts'

const address = (port: number): string => `http://127.0.0.1:${port}`

/** Grafana; what it shows is provisioned before it starts. */
export const grafana: ServerKind = {
  address,
  prepare: async (port) => {
    await health(port)
  },
  ask: (port) => health(port),
}

async function health(port: number): Promise<string | null> {
  const answer = await fetch(`${address(port)}/api/health`, { signal: AbortSignal.timeout(answerWithinMs) })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`answers ${answer.status} ${text.slice(0, 200)}`)
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? null
}
