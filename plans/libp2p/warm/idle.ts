import type { Connection, Libp2p } from '@libp2p/interface'

/** A connection that its opener has not used for so long is closed. ms */
const idleMs = 30_000

/** Closes connections that the node opened once it has used them for nothing for 30 s: only their opener does, so that none is closed while a question is on its way. */
export function closeIdle(libp2p: Pick<Libp2p, 'addEventListener'>): void {
  libp2p.addEventListener('connection:open', ({ detail }) => {
    if (detail.direction === 'outbound') closeWhenIdle(detail)
  })
}

function closeWhenIdle(connection: Connection): void {
  let usedMs = Date.now()
  const open = connection.newStream.bind(connection)
  connection.newStream = (protocols, options) => {
    usedMs = Date.now()
    return open(protocols, options)
  }
  const watch = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      if (connection.streams.length > 0) usedMs = Date.now()
      const restMs = usedMs + idleMs - Date.now()
      if (restMs > 0) timer = watch(restMs)
      else connection.close().catch((error) => connection.abort(error))
    }, ms)
  let timer = watch(idleMs)
  connection.addEventListener('close', () => clearTimeout(timer))
}
