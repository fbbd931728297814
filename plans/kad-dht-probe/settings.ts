import { anyValue, type DhtOptions, type ValueRules } from '@hoplab/libp2p'
import type { Params, ParamValue } from '@hoplab/sdk'

/** js-libp2p's own limit for a message. ms */
const dialLimitMs = 5000

/** A node as js-libp2p ships it, its self-query at work, but for the sizes that the manifest lets one choose. */
export function stockNode(params: Params, values: ValueRules = anyValue): DhtOptions {
  const alpha = number(params, 'alpha')
  return {
    bucketSize: number(params, 'bucket_size'),
    alpha,
    disjointPaths: alpha,
    prefixLength: number(params, 'prefix_length'),
    clientMode: false,
    undialable: false,
    relayServer: false,
    relays: 0,
    dialLimitMs,
    upkeep: 'own',
    values,
  }
}

/** A parameter that must be a number. */
export function number(params: Params, name: string): number {
  return typed(params, name, 'number') as number
}

/** A parameter that must be true or false. */
export function flag(params: Params, name: string): boolean {
  return typed(params, name, 'boolean') as boolean
}

/** A parameter that must be text. */
export function word(params: Params, name: string): string {
  return typed(params, name, 'string') as string
}

function typed(params: Params, name: string, type: 'number' | 'boolean' | 'string'): ParamValue {
  const value = params[name]
  if (typeof value !== type) throw new Error(`parameter ${name} is ${JSON.stringify(value)}; write a ${type}`)
  return value as ParamValue
}
