/** An interface of an instance: one of its pod's own, split. */
export interface Link {
  /** Its name in the instance. */
  readonly device: string
  /** The subnet by which the pod's interface is found, as `10.64.0.0/16`. */
  readonly subnet: string
  /** Address of the instance in it. */
  readonly address: string
}

/** An instance as its pod is told of it. */
export interface Inmate {
  readonly hostname: string
  /** The folder that it writes to, relative to the run's. */
  readonly outputs: string
  readonly environment: Readonly<Record<string, string>>
  /** What it may take, where the pod can bound it. */
  readonly memoryBytes: number
  readonly links: readonly Link[]
}

/** What a pod is to hold: programs of one image. */
export interface PodSpec {
  readonly command: readonly string[]
  readonly user: number
  readonly group: number
  readonly inmates: readonly Inmate[]
}

/** What a launcher tells a pod, a line of JSON each. Instances are named by their positions in the spec. */
export type Told =
  | { readonly kind: 'begin'; readonly spec: PodSpec }
  | { readonly kind: 'go'; readonly inmate: number }
  | { readonly kind: 'signal'; readonly inmate: number; readonly signal: 'SIGTERM' | 'SIGKILL' }

/** What a pod says, a line of JSON each. */
export type Said =
  /** All are made and held; `pids` are of processes in their namespaces, as the pod counts them. */
  | { readonly kind: 'held'; readonly bounded: boolean; readonly pids: readonly number[] }
  | { readonly kind: 'ended'; readonly inmate: number; readonly code: number; readonly memory: boolean }
