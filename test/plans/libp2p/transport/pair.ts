import type { Connection } from '@libp2p/interface'
import { type DhtNode, startNode } from '../../../../plans/libp2p/node.ts'
import { preparePeerProcess } from '../../../../plans/libp2p/process.ts'
import type { LinkShape } from '../../../../plans/sdk/index.ts'
import { nodeEnv, smallNode } from '../nodes.ts'

/** Two nodes of this process, the first connected to the second. */
export interface Pair {
  readonly a: DhtNode
  readonly b: DhtNode
  readonly connection: Connection
  /** Time of the dial, handshakes included. */
  readonly dialMs: number
}

/** Starts two nodes over real TCP whose links have a shape (null: none), and stops them when `body` is done. */
export async function withPair(link: Partial<LinkShape> | null, body: (pair: Pair) => Promise<void>): Promise<void> {
  preparePeerProcess()
  const shape = link && { latencyMs: 0, jitterMs: 0, bandwidthBps: 0, ...link }
  const start = (seq: number): Promise<DhtNode> =>
    startNode(nodeEnv(seq, { kind: 'tcp', address: '127.0.0.1', link: shape }), { ...smallNode, identitySeed: 1 })
  const [a, b] = [await start(1), await start(2)]
  try {
    const startMs = performance.now()
    const connection = await a.libp2p.dial(b.libp2p.getMultiaddrs())
    await body({ a, b, connection, dialMs: performance.now() - startMs })
  } finally {
    await Promise.all([a.stop(), b.stop()])
  }
}

export const transferProtocol = '/hoplab/test/transfer/1.0.0'

/** Sends zeros from the first node to the second over a stream; resolves to the time until the last was there and the number that came. */
export async function transfer(
  { a, b }: Pair,
  { bytes, connections = [] }: { readonly bytes: number; readonly connections?: readonly Connection[] },
): Promise<{ readonly ms: number; readonly received: number }> {
  const startMs = performance.now()
  const received = new Promise<number>((resolve) => {
    let sum = 0
    void b.libp2p.handle(transferProtocol, (stream) => {
      stream.addEventListener('message', ({ data }) => {
        sum += data.byteLength
        if (sum === bytes) resolve(sum)
      })
    })
  })
  const [first] = connections
  const connection = first ?? (await a.libp2p.dial(b.peerId))
  const stream = await connection.newStream(transferProtocol)
  for (let left = bytes; left > 0; left -= 65_536) {
    if (!stream.send(new Uint8Array(Math.min(left, 65_536)))) await stream.onDrain()
  }
  return { received: await received, ms: performance.now() - startMs }
}
