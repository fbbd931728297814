import type { Home, MakeResident } from '@hoplab/sdk'
import type { Libp2p } from '@libp2p/interface'
import { stopNode } from '../session.ts'
import { emptyMemory, holdsRecords, type Memory } from './memory.ts'
import type { WarmNetwork } from './network.ts'
import { startWarm } from './start.ts'

/** When nodes that run no program are let go. */
export interface ResidentsOptions {
  /** How long a node stays that nobody is connected to, ms; null keeps every node. */
  readonly stayMs: number | null
}

/** How long residents stay unless something else is said. */
const usualStay: ResidentsOptions = { stayMs: 60_000 }

/** Makes the nodes of a warm network that run no program, each when it is first dialed. One that nobody is connected to any more is let go after a minute, and made again when it is dialed again: as it was, where it holds records, which a crash alone takes from it. */
export function warmResidents(
  network: (home: Home) => WarmNetwork,
  { stayMs }: ResidentsOptions = usualStay,
): MakeResident {
  const kept = new Map<number, Memory>()
  return async (home) => {
    const { seq } = home.resident
    const memory = kept.get(seq) ?? emptyMemory()
    const unwatch = home.life.watch(() => {
      kept.delete(seq)
      unwatch()
      if (libp2p !== null) stopNode(libp2p, 'crashed').catch(() => {})
    })
    let libp2p: Libp2p | null = null
    const node = await startWarm({ network: network(home), seq, net: home.net, memory })
    libp2p = node
    if (!home.life.up) return stopNode(node, 'crashed')
    if (stayMs === null) return
    whenAlone(node, stayMs, async () => {
      unwatch()
      if (await holdsRecords(memory)) kept.set(seq, memory)
      else kept.delete(seq)
      home.leave()
      await stopNode(node, 'nobody is connected')
    })
  }
}

/** Calls once nobody has been connected to a node for so long. */
function whenAlone(libp2p: Libp2p, stayMs: number, leave: () => Promise<void>): void {
  const end = (): void => {
    leave().catch(() => {})
  }
  let timer = setTimeout(end, stayMs)
  libp2p.addEventListener('connection:open', () => clearTimeout(timer))
  libp2p.addEventListener('connection:close', () => {
    clearTimeout(timer)
    if (libp2p.status === 'started' && libp2p.getConnections().length === 0) timer = setTimeout(end, stayMs)
  })
}
