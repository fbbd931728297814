/** Settings by name, as they were written: whoever uses one checks it. */
export type Settings = Readonly<Record<string, unknown>>

/** A module that a build takes instead of the one its source names. */
export interface Dependency {
  readonly module: string
  /** The module that stands for it; null is the same one in another version. */
  readonly target: string | null
  readonly version: string
}

/** What one place says of how something is built. */
export interface Build {
  /** Null where it names none. */
  readonly builder: string | null
  /** Go build tags. */
  readonly selectors: readonly string[]
  readonly dependencies: readonly Dependency[]
  /** The builder's own settings. */
  readonly config: Settings
}

/** What an instance may take of its machine; null is the harness's own rule. */
export interface Resources {
  readonly memoryBytes: number | null
  /** Processors; a half is 0.5. */
  readonly cpus: number | null
}

/** How one group is built and what it may take, nothing left to decide but whether this machine can. */
export interface GroupPackaging extends Build {
  readonly resources: Resources
}

/** How the groups of a run are packed and where they run: what changes nothing of the experiment, and so stands beside its spec and not in it. */
export interface Packaging {
  /** By group; every group of the spec has one. */
  readonly groups: Readonly<Record<string, GroupPackaging>>
  /** Settings of the runner. */
  readonly settings: Settings
}
