/** An image that the engine has. */
export interface Image {
  readonly tag: string
  /** As the engine names it. */
  readonly id: string
  /** Sha256 of its configuration, hex. */
  readonly digest: string
  readonly command: readonly string[]
  /** Where the command is run; null where the image itself says. */
  readonly workingDir: string | null
  /** Ours run as the user of this process; other people's as the user that they name. */
  readonly runsAs: 'launcher' | 'own'
  /** Whether it begins with somebody else's image, of which is not known that it has `/temp`. */
  readonly foreign: boolean
  /** Version of Testground's sdk-go in its program; null where there is none, or nobody knows. */
  readonly sdk: string | null
  /** Whether its program keeps its sync state in a Redis, past the sync service. */
  readonly redis: boolean
  /** False where the engine had it already. */
  readonly built: boolean
  readonly sizeBytes: number
}
