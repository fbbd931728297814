/** An instance, or several in one process, that was started. */
export interface Running {
  /** The process on this machine; undefined where it could not be started, or is not ours to name. */
  readonly pid: number | undefined
  /** Resolves when it has printed something or ended: it no longer needs the attention that a start takes. */
  readonly up: Promise<void>
  /** Resolves when it has ended, nothing is left of it, and all that it printed was read. Never rejects. */
  readonly over: Promise<Over>
  /** Asks it to end, and makes it after `graceMs`. */
  end(graceMs: number): void
}

/** How it ended; exit is null where it never started. */
export interface Over {
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null
  readonly lastWords: string
}
