/** Values that arrive one by one and are read one by one; what was not read yet is kept. */
export interface Stream<T> extends AsyncIterableIterator<T> {
  push(value: T): void
  /** Ends it after what was pushed; with an error, the reader then meets that error. */
  end(error?: unknown): void
}

interface Reader<T> {
  resolve(result: IteratorResult<T>): void
  reject(error: unknown): void
}

const finished = { done: true, value: undefined } as const

/** An empty stream; `onReturn` is called once when its reader leaves early. */
export function stream<T>(onReturn: () => void): Stream<T> {
  const values: T[] = []
  const readers: Reader<T>[] = []
  let ending: { readonly error: unknown } | null = null

  function end(error?: unknown): void {
    if (ending !== null) return
    ending = { error }
    for (const reader of readers.splice(0)) settle(reader)
  }

  function settle(reader: Reader<T>): void {
    const error = ending?.error
    ending = { error: undefined }
    if (error === undefined) reader.resolve(finished)
    else reader.reject(error)
  }

  return {
    push(value) {
      if (ending !== null) return
      const reader = readers.shift()
      if (reader === undefined) values.push(value)
      else reader.resolve({ done: false, value })
    },
    end,
    next() {
      if (values.length > 0) return Promise.resolve({ done: false, value: values.shift() as T })
      return new Promise((resolve, reject) => {
        if (ending === null) readers.push({ resolve, reject })
        else settle({ resolve, reject })
      })
    },
    return() {
      values.length = 0
      if (ending === null) {
        end()
        onReturn()
      } else ending = { error: undefined }
      return Promise.resolve(finished)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
