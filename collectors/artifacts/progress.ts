/** How far files are on their way. */
export interface Moved {
  /** Files that are where they are to be, of so many. */
  readonly files: number
  readonly allFiles: number
  /** Bytes of their content, as read or written here. */
  readonly bytes: number
  readonly allBytes: number
}

const everyMs = 1000
const unit = 1e6

/** Bytes for people: `12.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / unit).toFixed(bytes < unit ? 3 : 1)} MB`
}

/** How far it is, in one line. */
export function movedLine(verb: string, { files, allFiles, bytes, allBytes }: Moved): string {
  return `${verb} ${files} of ${allFiles} files, ${megabytes(bytes)} of ${megabytes(allBytes)}`
}

/** Counts what moves. */
export interface Meter {
  /** Bytes of a file that is not there yet. */
  moving(bytes: number): void
  /** A file is there. */
  file(bytes: number): void
  moved(): Moved
}

/**
 * A meter that tells how far it is once a second, and nothing of what is over sooner.
 *
 * @param tell Told a line.
 */
export function meter(verb: string, all: Pick<Moved, 'allFiles' | 'allBytes'>, tell: (line: string) => void): Meter {
  let files = 0
  let whole = 0
  let underWay = 0
  let toldMs = Date.now()
  const moved = (): Moved => ({ ...all, files, bytes: Math.min(all.allBytes, Math.max(whole, underWay)) })
  function tick(): void {
    if (Date.now() - toldMs < everyMs) return
    toldMs = Date.now()
    tell(movedLine(verb, moved()))
  }
  return {
    moving(bytes) {
      underWay += bytes
      tick()
    },
    file(bytes) {
      files += 1
      whole += bytes
      tick()
    },
    moved,
  }
}
