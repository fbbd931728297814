import type { ParamValue } from '@hoplab/sdk'
import type { Build, Settings } from './packaging/packaging.ts'

/** A parameter that a case declares. */
export interface ParamSpec {
  readonly type: 'int' | 'float' | 'bool' | 'string'
  readonly about: string
  /** Unit as it stands on an axis, or an empty string. */
  readonly unit: string
  /** Null where the manifest gives none: then the composition must. */
  readonly default: ParamValue | null
  readonly min: number | null
  readonly max: number | null
  /** All values allowed, or null. */
  readonly values: readonly ParamValue[] | null
}

/** A test case as the manifest declares it. */
export interface CaseSpec {
  readonly name: string
  readonly about: string
  readonly instances: { readonly min: number; readonly max: number }
  readonly roles: readonly string[]
  readonly params: Readonly<Record<string, ParamSpec>>
}

/** Kinds of metrics that Testground's SDKs write. */
export const metricTypes = ['point', 'counter', 'ewma', 'gauge', 'histogram', 'meter', 'timer'] as const

/** A metric that instances of a plan write. */
export interface MetricSpec {
  /** Without the dimensions that the SDK packs into it. */
  readonly name: string
  readonly type: (typeof metricTypes)[number]
  /** Unit as it stands on an axis, or an empty string. */
  readonly unit: string
  readonly about: string
  /** Whether it is a result, or tells how the instance does. */
  readonly source: 'results' | 'diagnostics'
}

/** What of a link a program can shape itself, by what it does with what it sends. */
export const linkParts = ['latency', 'jitter', 'bandwidth'] as const
export type LinkPart = (typeof linkParts)[number]

/** A plan's manifest, read and checked; ours and Testground's are one format. */
export interface Manifest {
  readonly name: string
  readonly about: string
  readonly cases: Readonly<Record<string, CaseSpec>>
  /** Versions of the implementation that a group may ask for. */
  readonly versions: readonly string[]
  /** What versions are built of, by name; a version that is not here is the program's own affair. */
  readonly builds: Readonly<Record<string, Build>>
  /** Builders that the plan declares, each with its settings. */
  readonly builders: Readonly<Record<string, Settings>>
  /** The builder of groups that name none, where the plan brings no program; null where the manifest does not say. */
  readonly defaultBuilder: string | null
  /** Settings of runners, by our names of them. */
  readonly runners: Readonly<Record<string, Settings>>
  /** Folders that a build needs beside the plan, relative to the plan's folder, by builder. */
  readonly extraSources: Readonly<Record<string, readonly string[]>>
  /** Kinds of records that its instances write, by their names in plans/sdk/records. */
  readonly records: readonly string[]
  readonly metrics: readonly MetricSpec[]
  /** The program that harness `exec` starts, relative to the plan's folder; null for plans that bring none (Testground's Go plans). */
  readonly program: string | null
  /** The program that makes the identities of a warm network, relative to the plan's folder; null for plans that cannot start warm. */
  readonly identities: string | null
  /** Whether its program runs in virtual time over a simulated network: a composition that names no runner then means `sim`. */
  readonly simulates: boolean
  /** What of a link that program shapes itself where it is told to (HOPLAB_NETWORK); empty where the manifest is silent. */
  readonly shapes: readonly LinkPart[]
  /** Most instances that may share one process; 1 where the manifest is silent. */
  readonly instancesPerProcess: number
  /** Resident memory one instance takes, for bounding how many run at once. MB. */
  readonly memoryMb: number
}
