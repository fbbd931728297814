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

/** Makes the nodes of a warm network that run no program, each when it is first dialed. One that nobody is connected to any more is let go after a minute, and made again when it is dialed again: as it was, where it holds records, which a crash alone takes from it, also one that befell it meanwhile. */
export function warmResidents(
  network: (home: Home) => WarmNetwork,
  { stayMs }: ResidentsOptions = usualStay,
): MakeResident {
  const kept = new Map<number, { readonly memory: Memory; readonly leftMs: number }>()
  return async (home) => {
    const { seq } = home.resident
    const before = kept.get(seq)
    const memory = before === undefined || before.leftMs < home.upSinceMs ? emptyMemory() : before.memory
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
      const holds = await holdsRecords(memory)
      if (!home.leave()) return false
      unwatch()
      if (holds) kept.set(seq, { memory, leftMs: home.clock.now() })
      else kept.delete(seq)
      await stopNode(node, 'nobody is connected')
      return true
    })
  }
}

/** Calls once nobody has been connected to a node for so long, and again as long as it does not leave: a connection may be under way. */
function whenAlone(libp2p: Libp2p, stayMs: number, leave: () => Promise<boolean>): void {
  const wait = (): NodeJS.Timeout => setTimeout(end, stayMs)
  const end = async (): Promise<void> => {
    const gone = await leave().catch(() => true)
    if (!gone) restart()
  }
  const restart = (): void => {
    clearTimeout(timer)
    if (libp2p.status === 'started' && libp2p.getConnections().length === 0) timer = wait()
  }
  let timer = wait()
  libp2p.addEventListener('connection:open', () => clearTimeout(timer))
  libp2p.addEventListener('connection:close', restart)
}
