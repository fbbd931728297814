/**
 * Work that left the JavaScript thread. Virtual time stands while any is out, and what comes back is handed on in the order in which it left, one piece at a time,
 * so that the speed of a thread pool decides nothing.
 */
export interface Away {
  /** From now on work is awaited in order; before, while the program is being loaded, it comes back as it will. */
  begin(): void
  /** A promise of work that is out: settles in its turn. */
  follow<T>(work: Promise<T>): Promise<T>
  /** A callback of work that is out: called in its turn. */
  wrap<A extends unknown[]>(done: (...values: A) => void): (...values: A) => void
  /** Something runs beside the program until what is returned is called, as another thread does; time stands, and nothing is kept back for it. */
  hold(): () => void
  /** Whether something runs beside the program. */
  readonly held: boolean
  /** Whether any work is out. */
  readonly any: boolean
  /** Hands on the next piece, if it is back. */
  handOn(): void
  /** Pieces that ever left. */
  readonly count: number
}

/** Nothing is out. */
export function nothingAway(): Away {
  const pieces: { hand: (() => void) | null }[] = []
  let count = 0
  let holds = 0
  let begun = false

  function leave(): { hand: (() => void) | null } {
    const piece = { hand: null }
    pieces.push(piece)
    count++
    return piece
  }

  return {
    begin() {
      begun = true
    },
    follow(work) {
      if (!begun) return work
      const piece = leave()
      return new Promise((resolve, reject) => {
        work.then(
          (value) => {
            piece.hand = () => resolve(value)
          },
          (error) => {
            piece.hand = () => reject(error)
          },
        )
      })
    },
    wrap(done) {
      if (!begun) return done
      const piece = leave()
      return (...values) => {
        piece.hand = () => done(...values)
      }
    },
    hold() {
      holds++
      return () => {
        holds--
      }
    },
    get held() {
      return holds > 0
    },
    get any() {
      return pieces.length > 0
    },
    get count() {
      return count
    },
    handOn() {
      const { hand = null } = pieces[0] ?? {}
      if (hand === null) return
      pieces.shift()
      hand()
    },
  }
}
