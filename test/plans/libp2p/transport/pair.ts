import type { Connection } from '@libp2p/interface'
import { type DhtNode, startNode } from '../../../../plans/libp2p/node.ts'
import { preparePeerProcess } from '../../../../plans/libp2p/process.ts'
import type { LinkShape } from '../../../../plans/sdk/index.ts'
import { firstSeed, nodeEnv, smallNode } from '../nodes.ts'

/** Two nodes of this process. */
export interface Pair {
  readonly a: DhtNode
  readonly b: DhtNode
  /** Opens a connection from the first to the second, beside those that are open. */
  connect(): Promise<Connection>
  /** Sends zeros from the first node to the second. */
  send(bytes: number, connection: Connection): Promise<void>
  /** Bytes that the second node was sent so far. */
  received(): number
  /** Resolves when that many have been received. */
  receives(bytes: number): Promise<void>
}

const protocol = '/hoplab/test/transfer/1.0.0'
const writeBytes = 65_536

/** Starts two nodes over real TCP whose links have a shape (null: none), and stops them when `body` is done. */
export async function withPair(link: Partial<LinkShape> | null, body: (pair: Pair) => Promise<void>): Promise<void> {
  preparePeerProcess()
  const shape = link && { latencyMs: 0, jitterMs: 0, bandwidthBps: 0, ...link }
  const start = (seq: number): Promise<DhtNode> =>
    startNode(nodeEnv(seq, { kind: 'tcp', address: '127.0.0.1', link: shape }), smallNode, firstSeed)
  const [a, b] = [await start(1), await start(2)]
  try {
    await body({
      a,
      b,
      connect: () => a.libp2p.dial(b.libp2p.getMultiaddrs(), { force: true }),
      send,
      ...(await receiver(b)),
    })
  } finally {
    await Promise.all([a.stop(), b.stop()])
  }
}

async function send(bytes: number, connection: Connection): Promise<void> {
  const stream = await connection.newStream(protocol)
  for (let left = bytes; left > 0; left -= writeBytes) {
    if (!stream.send(new Uint8Array(Math.min(left, writeBytes))) && left > writeBytes) await stream.onDrain()
  }
}

async function receiver({ libp2p }: DhtNode): Promise<Pick<Pair, 'received' | 'receives'>> {
  let sum = 0
  let waiting: { readonly bytes: number; readonly resolve: () => void } | null = null
  await libp2p.handle(protocol, (stream) => {
    stream.addEventListener('message', ({ data }) => {
      sum += data.byteLength
      if (waiting !== null && sum >= waiting.bytes) waiting.resolve()
    })
  })
  return {
    received: () => sum,
    receives: (bytes) =>
      new Promise((resolve) => {
        if (sum >= bytes) resolve()
        else waiting = { bytes, resolve }
      }),
  }
}
