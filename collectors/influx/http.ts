import type { InfluxAddress } from './address.ts'

/** An answer of a server. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export const requestTimeoutMs = 20_000

/** Header that both generations of servers take: of the first, user and password; of later ones, the token. */
export function authorization({ token }: InfluxAddress): Readonly<Record<string, string>> {
  if (token === '') return {}
  return { authorization: token.includes(':') ? `Basic ${Buffer.from(token).toString('base64')}` : `Token ${token}` }
}

/** Asks a server; rejects only where it does not answer. */
export async function ask(
  address: InfluxAddress,
  path: string,
  { method = 'GET', body, type }: { readonly method?: string; readonly body?: string; readonly type?: string } = {},
): Promise<Answer> {
  const late = new AbortController()
  // AbortSignal.timeout keeps no process alive, nor does a request on a connection that was dropped: the process would end.
  const timer = setTimeout(
    () => late.abort(new Error(`no answer within ${requestTimeoutMs / 1000} s`)),
    requestTimeoutMs,
  )
  try {
    const response = await fetch(`${address.url}${path}`, {
      method,
      headers: { ...authorization(address), ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
      signal: late.signal,
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } finally {
    clearTimeout(timer)
  }
}
