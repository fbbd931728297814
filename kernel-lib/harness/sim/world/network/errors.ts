const texts: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect ECONNREFUSED',
  ETIMEDOUT: 'connect ETIMEDOUT',
  EADDRINUSE: 'listen EADDRINUSE: address already in use',
  ENETDOWN: 'connect ENETDOWN',
}

/** The error of a connection that is lost. */
export function lostError(code: string, remote: { readonly host: string; readonly port: number }): Error {
  return Object.assign(new Error(`read ${code} ${remote.host}:${remote.port}`), { code, syscall: 'read' })
}

/** An error of the network with the code and the words that Node's sockets have for it. */
export function networkError(code: string, to: { readonly host: string; readonly port: number }): Error {
  return Object.assign(new Error(`${texts[code] ?? code} ${to.host}:${to.port}`), {
    code,
    address: to.host,
    port: to.port,
  })
}
