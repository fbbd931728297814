import { type Assignment, machineClock, type Place, type World } from '@hoplab/sdk'
import { waitingText } from '../../../sync/waiting.ts'
import { type Who, whoText } from '../../../sync/who.ts'
import type { PlanEvent } from '../../harness.ts'
import { membersOf } from '../../instances/members.ts'
import { outcomeOf } from '../../output/events.ts'
import type { Told, WorldSettings } from '../settings.ts'
import { addressOf } from './address.ts'
import { openMeeting } from './meeting.ts'
import { type Host, hostOf } from './network/host.ts'
import { networkOf } from './network/network.ts'
import { shapedPaths } from './network/shaped-paths.ts'
import type { Away } from './outside/away.ts'
import type { Holes } from './outside/holes.ts'
import { strangersHere } from './outside/strangers.ts'
import { runLoop } from './time/loop.ts'
import { real } from './time/real.ts'
import type { VirtualTime } from './time/virtual-time.ts'
import { networkEvents } from './trace/network-events.ts'
import type { Trace } from './trace/trace.ts'

/** What a world is made of. */
export interface WorldParts {
  readonly settings: WorldSettings
  readonly time: VirtualTime
  readonly away: Away
  readonly holes: Holes
  readonly trace: Trace
  readonly tell: (told: Told) => void
}

/** The world of a run's instances. */
export function worldOf(parts: WorldParts): World {
  const { settings, time, trace, tell } = parts
  const { spec } = settings
  const hosts = membersOf(spec).map(({ group, index, seq }) =>
    hostOf(seq, whoText({ group: group.id, index }), addressOf(seq)),
  )
  const byAddress = new Map<string, Host>(hosts.map((host) => [host.address, host]))
  const network = networkOf({
    time,
    paths: shapedPaths(spec),
    log: networkEvents(trace),
    hostAt: (address) => byAddress.get(address),
    seenAs: (from) => from.address,
  })
  const running = new Map<string, Who>()
  const meeting = openMeeting({
    run: { id: settings.run, plan: spec.plan, case: spec.case },
    instances: membersOf(spec).map(({ group, index }) => ({ group: group.id, index })),
    barrierTimeoutMs: spec.timeoutMs,
    onEvent(who, event) {
      const outcome = outcomeOf(event as PlanEvent)
      trace.add('told', `"by":"${whoText(who)}","what":${JSON.stringify(Object.keys(event as object)[0])}`)
      if (outcome === null) return
      running.delete(whoText(who))
      tell({ kind: 'published', ...who, event })
      if (outcome !== 'success') meeting.fell(who, `a ${outcome}`)
    },
    onChange: (who, { kind, name }) => trace.add(kind, `"by":"${whoText(who)}","name":${JSON.stringify(name)}`),
  })

  function late(): never {
    const waits = meeting.waiting()
    for (const who of running.values()) {
      const wait = waits.find((one) => one.who !== null && whoText(one.who) === whoText(who))
      tell({ kind: 'late', ...who, atMs: time.nowMs, waitingFor: wait === undefined ? null : waitingText(wait) })
    }
    process.exit(lateCode)
  }

  function enter({ group, index, seq }: Assignment): Place {
    const who = { group, index }
    const host = hosts[seq - 1] as Host
    running.set(whoText(who), who)
    tell({ kind: 'joined', ...who, atMs: 0 })
    return {
      begins: Promise.resolve(),
      clock: machineClock,
      sync: meeting.clientOf(who),
      net: network.netOf(host),
    }
  }

  function begin(): void {
    parts.away.begin()
    time.after(spec.timeoutMs, late)
    process.on('exit', () => tell({ kind: 'end', atMs: time.nowMs, events: time.happened, trace: trace.end() }))
    let shownMs = real.now()
    runLoop({
      time,
      away: parts.away,
      strangers: strangersHere(parts.holes),
      settled() {
        network.flush()
        if (time.happened % 1000 !== 0 || real.now() - shownMs < showEveryMs) return
        shownMs = real.now()
        tell({ kind: 'progress', atMs: time.nowMs, events: time.happened })
      },
      idle: late,
    })
  }

  return { enter, begin }
}

/** Exit code of a simulation that was ended with instances running; what `timeout` of coreutils has. */
const lateCode = 124
const showEveryMs = 250
