import { createServer, type Server } from 'node:net'

/** Makes a server that listens on a free port, of this machine or of wherever it is made. */
export type Listen = () => Promise<Server>

/** Connections that wait to be taken: as many as may come at once. */
export const backlog = 1024

/** Listens on an address of this machine, on a free port or on one that is named. */
export function listenOn(host: string, port = 0): Listen {
  return () =>
    new Promise((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen({ host, port, backlog }, () => resolve(server))
    })
}
