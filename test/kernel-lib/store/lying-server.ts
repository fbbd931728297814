import { createServer, type IncomingMessage } from 'node:http'

/** A server that takes every put for good, also where a condition forbids it. */
export interface LyingServer {
  readonly endpoint: string
  readonly objects: ReadonlyMap<string, { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> }>
  stop(): Promise<void>
}

/** Starts one, which knows PUT, HEAD, GET and DELETE and asks for no key. */
export async function startLyingServer(): Promise<LyingServer> {
  const objects = new Map<string, { body: Buffer; headers: Record<string, string> }>()
  const server = createServer(async (request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname)
    const body = await bodyOf(request)
    if (request.method === 'PUT') objects.set(key, { body, headers: metadata(request) })
    if (request.method === 'DELETE') objects.delete(key)
    const found = objects.get(key)
    if (request.method === 'PUT' || request.method === 'DELETE') response.writeHead(200).end()
    else if (found === undefined) response.writeHead(404).end()
    else response.writeHead(200, { ...found.headers, 'content-length': found.body.length }).end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function metadata({ headers }: IncomingMessage): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]))
}
