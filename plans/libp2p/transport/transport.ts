import { type Env, linkQueue } from '@hoplab/sdk'
import { tcp } from '@libp2p/tcp'
import { delayedTcp } from './delayed-tcp.ts'
import type { TransportOf } from './transport-of.ts'

/** The transport that an instance reaches others by: TCP as it is, or, where the program is to shape its link, TCP that delays what is sent. Delays are drawn from the stream `link:<seq>`. */
export function transportOf({ net, clock, random, seq }: Pick<Env, 'net' | 'clock' | 'random' | 'seq'>): TransportOf {
  if (net.kind !== 'tcp') throw new Error(`plans/libp2p: net is "${net.kind}"; only "tcp" can carry nodes yet`)
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
