/** A file of an instance that was in an archive. */
export interface ArchivedFile {
  readonly group: string
  readonly index: number
  /** Path below the run's folder: `<group>/<index>/<file>`. */
  readonly path: string
}

/** What an archive held. */
export interface Unpacked {
  /** Run id that its paths begin with. */
  readonly run: string
  readonly files: readonly ArchivedFile[]
  /** Paths that belong to no instance and were passed over. */
  readonly ignored: readonly string[]
  /** Of the archive itself. */
  readonly sha256: string
}
