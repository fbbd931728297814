import type Docker from 'dockerode'
import type { Build } from '../../../composition/packaging/packaging.ts'
import type { Plan } from '../../harness.ts'
import type { Image } from '../image/image.ts'

/** A group's image, wanted. */
export interface Order {
  /** Id of the group, or of the first that wants it. */
  readonly group: string
  readonly plan: Plan
  readonly build: Build
}

/** Where images are made. */
export interface Workshop {
  readonly engine: Docker
  /** Image that others begin with; null for one of this machine's own Node. */
  readonly baseImage: string | null
  readonly signal: AbortSignal
  readonly onNotice: (text: string) => void
}

/** Makes the images of groups in one way; what the engine has of the same inputs is not made again. */
export interface Builder {
  /** Whether it takes selectors and dependencies. */
  readonly selects: boolean
  /** What of an order it cannot do, each as `what; what to write instead`. */
  refuse(order: Order): readonly string[]
  /**
   * @throws AbsentError where this machine or the engine lacks something, InputError where what the plan brings cannot be built.
   */
  build(order: Order, workshop: Workshop): Promise<Image>
}

/** Name of a plan's images. */
export function imageName({ manifest }: Plan): string {
  return `plan-${manifest.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}
