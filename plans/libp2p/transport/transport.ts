import { type Env, linkQueue } from '@hoplab/sdk'
import { tcp } from '@libp2p/tcp'
import { delayedTcp } from './delayed-tcp.ts'
import { streams } from './streams.ts'
import type { TransportOf } from './transport-of.ts'

/** The transport that an instance reaches others by: TCP as it is, simulated streams where there are no sockets, or, where the program is to shape its link, TCP that delays what is sent. Delays are drawn from the stream `link:<seq>`. */
export function transportOf({ net, clock, random, seq }: Pick<Env, 'net' | 'clock' | 'random' | 'seq'>): TransportOf {
  if (net.kind === 'streams') return streams(net)
  const { link } = net
  if (link === null) return tcp()
  const draws = random(`link:${seq}`)
  return delayedTcp({
    link,
    clock,
    queue: linkQueue(link, draws, clock),
    answers: linkQueue({ ...link, bandwidthBps: 0 }, draws, clock),
  })
}
