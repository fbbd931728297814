import { getClosestPeers, tableEntries } from '@hoplab/libp2p'
import { bootstrapRecord } from './bootstrap-record.ts'
import { lookUpSelf } from './join.ts'
import { take } from './members.ts'
import { shareKnown } from './nearest.ts'
import type { Network } from './network.ts'
import type { Settings } from './settings.ts'
import { inTurn } from './turns.ts'

/** Nodes that look themselves up at the same time. */
const refreshWidth = 16

/** What is decided about all nodes after a round. */
interface Verdict {
  readonly round: number
  /** Mean over all nodes of the share of their k nearest peers that they know. */
  readonly meanShare: number
  readonly ending: 'reached' | 'bound' | 'none'
}

/** Looks everyone up again, round after round, until tables know enough of their neighbourhood or the time is over. Each round's measure is recorded. */
export async function bootstrap(network: Network): Promise<void> {
  const { env, settings, self } = network
  const startMs = env.clock.now()
  const writer = env.records(bootstrapRecord)
  if (settings.randomWalks > 0) await walkRandomly(network)
  for (let round = 0; ; round++) {
    const share = ownShare(network)
    await env.sync.publish(`shares-${round}`, share)
    if (self.position === 0) await judgeRound(network, { round, startMs })
    const verdict = (await take(env, `verdict-${round}`, 1))[0] as Verdict
    writer.write({
      ts_ms: env.clock.now(),
      round,
      share,
      mean_share: verdict.meanShare,
      target: settings.bootstrapTarget,
      ending: verdict.ending,
    })
    if (verdict.ending !== 'none') return tell(network, verdict)
    await inTurn(env, { state: `refreshed-${round}`, position: self.position, width: refreshWidth }, () =>
      lookUpSelf(network),
    )
    await env.sync.barrier(`refreshed-${round}`, env.instanceCount, { signal: env.signal })
  }
}

function ownShare({ node, members, self }: Network): number {
  const table = new Set(tableEntries(node.dht).map(({ peerId }) => peerId.toString()))
  return shareKnown(self, { members, table, k: node.dht.k })
}

/** The first node to join gathers all shares and decides for everyone, so that all stop after the same round. */
async function judgeRound(
  { env, settings }: Network,
  { round, startMs }: { readonly round: number; readonly startMs: number },
): Promise<void> {
  const shares = (await take(env, `shares-${round}`, env.instanceCount)) as number[]
  const meanShare = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const ending = endingOf(settings, { meanShare, elapsedMs: env.clock.now() - startMs })
  await env.sync.publish(`verdict-${round}`, { round, meanShare, ending } satisfies Verdict)
}

/** Whether bootstrap ends now, and why: the target is looked at before the time. */
export function endingOf(
  { bootstrapTarget, bootstrapLimitMs }: Pick<Settings, 'bootstrapTarget' | 'bootstrapLimitMs'>,
  { meanShare, elapsedMs }: { readonly meanShare: number; readonly elapsedMs: number },
): Verdict['ending'] {
  if (meanShare >= bootstrapTarget) return 'reached'
  return elapsedMs >= bootstrapLimitMs ? 'bound' : 'none'
}

function tell({ env, self, settings, node }: Network, { meanShare, ending, round }: Verdict): void {
  if (self.position !== 0) return
  const why =
    ending === 'reached' ? `the target of ${percent(settings.bootstrapTarget)} is reached` : 'the time is over'
  env.message(
    `bootstrap ended after ${round} rounds of refreshing: tables know ${percent(meanShare)} of their ${node.dht.k} nearest peers; ${why}`,
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

async function walkRandomly(network: Network): Promise<void> {
  const { env, node, self, settings } = network
  const random = env.random(`walks:${env.seq}`)
  await inTurn(env, { state: 'walked', position: self.position, width: refreshWidth }, async () => {
    for (let walk = 0; walk < settings.randomWalks; walk++) {
      await network.ask(getClosestPeers(node, random.bytes(32), { expected: null }), {
        name: 'walk',
        phase: 'bootstrap',
      })
    }
  })
  await env.sync.barrier('walked', env.instanceCount, { signal: env.signal })
}
