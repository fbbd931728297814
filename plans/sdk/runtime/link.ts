import type { LinkShape } from '../env.ts'
import type { Variables } from './variables.ts'

const keys = ['latencyMs', 'jitterMs', 'bandwidthBps'] as const

/** The shape of what an instance sends, of HOPLAB_NETWORK: a JSON object of `latencyMs`, `jitterMs` and `bandwidthBps` and nothing else; null where it is not set. Throws what is wrong in one line. */
export function readLink({ HOPLAB_NETWORK: json }: Variables): LinkShape | null {
  if (!json) return null
  const value = parsed(json)
  const whole = Object.keys(value).length === keys.length
  if (!whole || !keys.every((key) => typeof value[key] === 'number' && value[key] >= 0))
    throw new Error(
      `HOPLAB_NETWORK is ${json.slice(0, 200)}; write a JSON object of ${keys.join(', ')}, numbers from 0`,
    )
  const { latencyMs, jitterMs, bandwidthBps } = value as Record<(typeof keys)[number], number>
  return { latencyMs, jitterMs, bandwidthBps }
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json))
  } catch {
    return {}
  }
}
