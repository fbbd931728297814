import { StringDecoder } from 'node:string_decoder'

type Name = 'stdout' | 'stderr'
type Written = string | Uint8Array

/** How long lines may wait while a cell never yields. */
const longestWaitMs = 100
const longestText = 1 << 20

/** What cells print, in the order they print it, gathered so that fifty thousand lines are a few messages. */
export interface Printed {
  /** Sends what waits; called before anything else is shown, so that order is kept. */
  flush(): void
}

/** Takes over `process.stdout` and `process.stderr`: from now on `emit` gets what is written to them. */
export function takeOutput(emit: (name: Name, text: string) => void): Printed {
  let name: Name = 'stdout'
  let text = ''
  let sentMs = 0
  let planned: NodeJS.Immediate | null = null
  const flush = (): void => {
    if (planned !== null) clearImmediate(planned)
    planned = null
    sentMs = Date.now()
    const whole = text
    text = ''
    for (let start = 0; start < whole.length; start += longestText) emit(name, whole.slice(start, start + longestText))
  }
  const print = (to: Name, more: string): void => {
    if (to !== name) flush()
    name = to
    text += more
    if (text.length > longestText || Date.now() - sentMs > longestWaitMs) flush()
    else planned ??= setImmediate(flush)
  }
  takeStream(process.stdout, (more) => print('stdout', more))
  takeStream(process.stderr, (more) => print('stderr', more))
  process.on('exit', flush)
  return { flush }
}

function takeStream(stream: NodeJS.WriteStream, print: (text: string) => void): void {
  const decoder = new StringDecoder('utf8')
  const write = (data: Written, encoding?: unknown, done?: unknown): boolean => {
    print(typeof data === 'string' ? data : decoder.write(Buffer.from(data)))
    const callback = typeof encoding === 'function' ? encoding : done
    if (typeof callback === 'function') process.nextTick(callback as () => void)
    return true
  }
  // A getter, because tslab assigns a `write` of its own before every cell.
  Object.defineProperty(stream, 'write', { configurable: true, get: () => write, set: () => {} })
}
