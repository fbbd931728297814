import { anyValue, type DhtOptions } from '@hoplab/libp2p'
import type { Params, ParamValue } from '@hoplab/sdk'

/** Parameters that every case has, in the program's words; the manifest says what each means and its bounds. */
export interface Settings {
  readonly dht: DhtOptions
  /** Null where the run's seed decides. */
  readonly peerIdSeed: number | null
  /** Whether the group is made of bootstrappers. */
  readonly bootstrapper: boolean
  /** Bootstrappers chosen where no group is made of them. */
  readonly bootstrapCount: number
  readonly strategy: Strategy
  /** Nodes of a lower order join earlier. */
  readonly groupOrder: number
  /** Share of the k nearest peers that tables must know on average, 0 to 1. */
  readonly bootstrapTarget: number
  readonly bootstrapLimitMs: number
  /** Random keys that each node looks up before bootstrap is measured. */
  readonly randomWalks: number
  /** How many of the connections that it opened a node keeps when the measurement begins; null keeps all. */
  readonly keepConnections: number | null
  readonly lookupLimitMs: number
  readonly caseLimitMs: number
}

/** Whom a joining node dials, numbered as Testground's dht plan does: 1 all bootstrappers, 2 one at random, 3 about log₂ of them at random. */
export type Strategy = 1 | 2 | 3

/** Reads what the cases share. Throws where a parameter is missing, which only happens outside the harness. */
export function readSettings(params: Params): Settings {
  const alpha = number(params, 'alpha')
  const keep = number(params, 'keep_connections')
  return {
    dht: {
      bucketSize: number(params, 'bucket_size'),
      alpha,
      disjointPaths: number(params, 'disjoint_paths') || alpha,
      prefixLength: number(params, 'prefix_length'),
      clientMode: flag(params, 'client_mode'),
      undialable: flag(params, 'undialable'),
      relayServer: flag(params, 'relay_server'),
      relays: number(params, 'relays'),
      dialLimitMs: number(params, 'dial_secs') * 1000,
      upkeep: 'off',
      values: anyValue,
    },
    peerIdSeed: number(params, 'peer_id_seed') || null,
    bootstrapper: flag(params, 'bootstrapper'),
    bootstrapCount: number(params, 'n_bootstrap'),
    strategy: number(params, 'bs_strategy') as Strategy,
    groupOrder: number(params, 'group_order'),
    bootstrapTarget: number(params, 'bootstrap_target'),
    bootstrapLimitMs: number(params, 'bootstrap_secs') * 1000,
    randomWalks: flag(params, 'random_walk') ? number(params, 'n_random_walks') : 0,
    keepConnections: keep < 0 ? null : keep,
    lookupLimitMs: number(params, 'lookup_secs') * 1000,
    caseLimitMs: number(params, 'timeout_secs') * 1000,
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

function typed(params: Params, name: string, type: 'number' | 'boolean'): ParamValue {
  const value = params[name]
  if (typeof value !== type) throw new Error(`parameter ${name} is ${JSON.stringify(value)}; write a ${type}`)
  return value as ParamValue
}
