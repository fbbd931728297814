import type { ParamValue } from '@hoplab/sdk'
import type { CompositionStart } from './start/composition.ts'
import type {
  CompositionClock,
  CompositionLife,
  CompositionOutage,
  CompositionPartition,
  CompositionReach,
  CompositionRegions,
  CompositionTime,
} from './world/composition.ts'

/** What someone writes: the same as our TOML, whose keys are these in snake_case. Everything that is optional has one default, said here. */
export interface Composition {
  /** Name of the plan. */
  readonly plan: string
  /** Name of one of its test cases. */
  readonly case: string
  /** `exec`, `docker` or `sim`; default `sim` where the plan's manifest says that it simulates, else `exec`. */
  readonly runner?: string
  /** Whole number from 0; default 1. */
  readonly seed?: number
  /** Runs with seeds derived from the seed, the first with the seed itself; default 1. */
  readonly repetitions?: number
  /** Number of nodes; needed where a group has a share, checked where all are counted. */
  readonly total?: number
  /** Seconds after which an instance is ended. Default 60 more than the longest `timeout_secs` parameter, 600 where the case has none. */
  readonly timeoutSecs?: number
  /** Parameters of every group. */
  readonly params?: Readonly<Record<string, ParamValue>>
  /** At least one. */
  readonly groups: readonly CompositionGroup[]
  /** Links, and what parts them; where absent the harness's network stays as it is. */
  readonly network?: CompositionNetwork
  /** A network that begins with tables drawn from a seed. Default: it begins cold, and nodes join as the program has them. */
  readonly start?: CompositionStart
  /** Who makes what groups run: `exec:node`, `exec:go`, `docker:generic`, `docker:node` or `docker:go`. Default: the plan's own. */
  readonly builder?: string
  /** What every group is built of. */
  readonly build?: CompositionBuild
  /** Settings of runner `docker`. */
  readonly docker?: CompositionDocker
}

/** Nodes that are alike: `count` of them or a `share` of the total; where a group runs no program, shares are of what the groups with a count leave of it. */
export interface CompositionGroup {
  /** Letters, digits, `_`, `-` and `.`; it names a folder of the run where the group runs the program. */
  readonly id: string
  readonly count?: number
  /** Share of `total`, above 0 to 1. */
  readonly share?: number
  /** False makes them nodes of the population alone, without outcome and folder; needs `start` and runner `sim`. Default true: they are instances. */
  readonly program?: boolean
  /** A role that the case declares. */
  readonly role?: string
  /** A version that the plan offers; default the plan's own. */
  readonly version?: string
  /** Beats that of the composition. */
  readonly builder?: string
  /** What this group is built of; it beats the version's build and that of the composition. */
  readonly build?: CompositionBuild
  /** What each instance may take of the machine. Default: the harness's own rule. */
  readonly resources?: CompositionResources
  /** One of the network's regions. Default: instances are dealt to regions by their shares. */
  readonly region?: string
  /** Default: everyone can dial them at any time. */
  readonly reach?: CompositionReach
  /** Default: they start with the run and are up until it ends. */
  readonly life?: CompositionLife
  /** Default: the run's own. */
  readonly clock?: CompositionClock
  /** Parameters of this group; they beat those of the composition. */
  readonly params?: Readonly<Record<string, ParamValue>>
}

/** Shape of every link, each part's default 0, unshaped (what each means: `LinkShape`), and what differs from link to link. */
export interface CompositionNetwork {
  /** A number for every link; a distribution is drawn once for each pair of instances. Not beside `regions`. */
  readonly latencyMs?: CompositionTime
  readonly jitterMs?: number
  /** Bits per second. */
  readonly bandwidthBps?: number
  /** Share of packets lost, 0 to 1. */
  readonly loss?: number
  /** Share of packets with one bit flipped, 0 to 1. */
  readonly corrupt?: number
  /** Share of packets that overtake those delayed, 0 to 1; needs a latency. */
  readonly reorder?: number
  /** Share of packets that arrive twice, 0 to 1. */
  readonly duplicate?: number
  readonly regions?: CompositionRegions
  readonly partitions?: readonly CompositionPartition[]
  readonly outages?: readonly CompositionOutage[]
}

/** What something is built of. */
export interface CompositionBuild {
  /** Go build tags. */
  readonly selectors?: readonly string[]
  /** Modules in other versions than the source names; `target` stands for `module`. */
  readonly dependencies?: readonly { readonly module: string; readonly target?: string; readonly version: string }[]
  /** The builder's own settings, by Testground's names: `path`, `build_args`, … */
  readonly config?: Readonly<Record<string, unknown>>
}

/** What one instance may take, as Kubernetes writes it. */
export interface CompositionResources {
  /** `128Mi`, `1G`; a number is bytes. */
  readonly memory?: string | number
  /** Processors: `0.5` or `500m`. */
  readonly cpu?: string | number
}

/** Settings of runner `docker`. */
export interface CompositionDocker {
  /** Image that others begin with. Default: HOPLAB_BASE_IMAGE, else one made of this machine's own Node. */
  readonly baseImage?: string
  /** Each `name=soft:hard`: `nofile=1024:2048`. Default none. */
  readonly ulimits?: readonly string[]
  /** Ports by label: `{ http: 8080 }` is told as HTTP_PORT and published on 127.0.0.1. */
  readonly exposedPorts?: Readonly<Record<string, number>>
  /** Most instances that share a container, each in namespaces of its own. Default 1. */
  readonly instancesPerContainer?: number
}
