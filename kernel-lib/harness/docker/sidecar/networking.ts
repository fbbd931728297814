import type { SyncService } from '../../../sync/start.ts'
import type { Who } from '../../../sync/who.ts'
import type { SessionFacts } from '../../instances/environment.ts'
import { endUnit, type Unit } from '../../instances/unit.ts'
import type { Agent } from '../agent/open.ts'
import type { Networks } from '../network/open.ts'
import { type NetworkReport, openReporter } from './report.ts'
import { openSidecar, type Standing } from './sidecar.ts'

/** What a session does with the networks of its instances. */
export interface Networking {
  /** Rejects where the network could not be made to stand. */
  stand(one: Standing): Promise<void>
  /** Measures sample links where the composition gives a shape. Programs must be held. */
  measure(all: readonly Who[]): Promise<void>
  /** Whether what configures networks has ended unasked: then no program is to be let go. */
  lost(): boolean
  /** Resolves to what was measured when nothing more is applied. */
  close(): Promise<NetworkReport>
}

export interface NetworkingOptions {
  readonly agent: Agent
  readonly sync: SyncService
  readonly networks: Networks
  readonly facts: SessionFacts
  readonly onNotice: (text: string) => void
}

/** Configures and measures the networks of a session, and ends instances whose networks cannot be what they asked for and who cannot be told. */
export function openNetworking(units: readonly Unit[], options: NetworkingOptions): Networking {
  const { agent, sync, networks, facts, onNotice } = options
  const { network: shape } = facts.spec
  const stood: Who[] = []
  let closed = false
  let gone = false
  const reporter = openReporter({ agent, network: (who) => sidecar.network(who), onNotice })
  const sidecar = openSidecar({
    agent,
    sync,
    networks,
    shape,
    folder: facts.folder,
    onApplied: (who) => reporter.configured(who, stood).catch(() => {}),
    onFault(who, { why, told }) {
      for (const unit of units)
        for (const one of unit.witnesses)
          if (one.instance.group === who.group && one.instance.index === who.index) {
            one.lacked(why)
            if (!told) endUnit(unit, sync, 'fault')
          }
    },
  })

  function lose(why: string): void {
    if (closed) return
    gone = true
    onNotice(`${why}; every instance is ended`)
    for (const unit of units) {
      for (const one of unit.witnesses) one.lacked(why)
      endUnit(unit, sync, 'fault')
    }
  }
  void agent.lost.then(lose)

  return {
    async stand(one) {
      await sidecar.stand(one)
      stood.push(one.who)
      const ended = units.flatMap(({ witnesses }) =>
        witnesses.flatMap(({ instance }) => (instance.seq === one.seq ? [instance.ended] : [])),
      )
      void Promise.all(ended).then(() => sidecar.leave(one.who))
    },
    async measure(all) {
      if (shape !== null) await reporter.measure(all)
    },
    lost: () => gone,
    async close() {
      closed = true
      await sidecar.close()
      return reporter.report()
    },
  }
}
