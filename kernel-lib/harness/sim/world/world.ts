import type { Assignment, Place, World } from '@hoplab/sdk'
import { waitingText } from '../../../sync/waiting.ts'
import { type Who, whoText } from '../../../sync/who.ts'
import type { PlanEvent } from '../../harness.ts'
import { outcomeOf } from '../../output/events.ts'
import type { Told, WorldSettings } from '../settings.ts'
import { clockOf } from './clocks.ts'
import { openMeeting } from './meeting.ts'
import type { Host, InstanceHost } from './network/host.ts'
import type { Away } from './outside/away.ts'
import type { Holes } from './outside/holes.ts'
import { strangersHere } from './outside/strangers.ts'
import { terrainOf } from './terrain.ts'
import { runLoop } from './time/loop.ts'
import { real } from './time/real.ts'
import type { VirtualTime } from './time/virtual-time.ts'
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

/** Exit code of a simulation that was ended with instances running; what `timeout` of coreutils has. */
const lateCode = 124
const showEveryMs = 250

/** The world of a run's instances. */
export function worldOf({ settings, time, away, holes, trace, tell }: WorldParts): World {
  const { spec, run, identities } = settings
  /** Instances that have begun and told no outcome. */
  const running = new Set<string>()
  /** Those that told none, begun or not. */
  const open = new Map<string, Who>()
  const { hosts, network, moments, watchers, homes, population, joinMs } = terrainOf(spec, {
    time,
    trace,
    identities,
    isRunning: ({ name }) => running.has(name),
  })
  const meeting = openMeeting({
    run: { id: run, plan: spec.plan, case: spec.case },
    instances: hosts.all.map(whoOf),
    barrierTimeoutMs: spec.timeoutMs,
    onEvent: (who, event) => hear(who, event as PlanEvent),
    onChange: (who, { kind, name }) => trace.add(kind, `"by":"${whoText(who)}","name":${JSON.stringify(name)}`),
  })

  function hear(who: Who, event: PlanEvent): void {
    const outcome = outcomeOf(event)
    trace.add('told', `"by":"${whoText(who)}","what":${JSON.stringify(Object.keys(event)[0])}`)
    if (typeof event.stage_start_event?.name === 'string') moments.began(event.stage_start_event.name)
    if (outcome === null) return
    running.delete(whoText(who))
    open.delete(whoText(who))
    tell({ kind: 'published', ...who, atMs: time.nowMs, event })
    if (outcome !== 'success') meeting.fell(who, `a ${outcome}`)
  }

  function late(): never {
    const waits = meeting.waiting()
    for (const who of open.values()) {
      const wait = waits.find((one) => one.who !== null && whoText(one.who) === whoText(who))
      tell({ kind: 'late', ...who, atMs: time.nowMs, waitingFor: wait === undefined ? null : waitingText(wait) })
    }
    process.exit(lateCode)
  }

  function enter({ group, index, seq }: Assignment): Place {
    const who = { group, index }
    const host = hosts.all[seq - 1] as InstanceHost
    open.set(host.name, who)
    const begins = new Promise<void>((resolve) => time.after(joinMs(host.site), resolve)).then(() => {
      running.add(host.name)
      host.upSinceMs = time.nowMs
      tell({ kind: 'joined', ...who, atMs: time.nowMs })
    })
    return {
      begins,
      clock: clockOf(host.site, spec.seed),
      sync: meeting.clientOf(who),
      net: network.netOf(host),
      life: watchers.lifeOf(host),
      population,
    }
  }

  function begin(): void {
    if (!homes.settled) throw new Error(nobodyMakes(spec.plan))
    away.begin()
    time.after(spec.timeoutMs, late)
    process.on('exit', () => tell({ kind: 'end', atMs: time.nowMs, events: time.happened, trace: trace.end() }))
    const show = showing(() => tell({ kind: 'progress', atMs: time.nowMs, events: time.happened }))
    runLoop({
      time,
      away,
      strangers: strangersHere(holes),
      settled() {
        network.flush()
        if (time.happened % 1000 === 0) show()
      },
      idle: late,
    })
  }

  return { settle: homes.settle, enter, begin }
}

function nobodyMakes(plan: string): string {
  return `plan ${plan}: its program makes no nodes of the population; give host() a \`resident\` that does, or remove program = false`
}

function whoOf({ site: { group, index } }: Host): Who {
  return { group: group.id, index }
}

/** Calls `show` when the machine's time says that the last call is long ago. */
function showing(show: () => void): () => void {
  let shownMs = real.now()
  return () => {
    if (real.now() - shownMs < showEveryMs) return
    shownMs = real.now()
    show()
  }
}
