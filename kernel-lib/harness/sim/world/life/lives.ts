import { type Random, seededRandom } from '@hoplab/sdk'
import { programGroups } from '../../../../composition/groups.ts'
import type { RunSpec } from '../../../../composition/spec.ts'
import { drawMs } from '../chance/draw.ts'
import type { Moments } from '../moments.ts'
import type { Site } from '../place/places.ts'
import type { Event, VirtualTime } from '../time/virtual-time.ts'

/** The comings and goings of a run's instances. */
export interface Lives {
  /** When an instance begins, after the run did. ms */
  joinMs(site: Site): number
}

interface LifeParts {
  readonly sites: readonly Site[]
  readonly time: VirtualTime
  readonly moments: Moments
  readonly isUp: (site: Site) => boolean
  readonly crash: (site: Site) => void
  readonly restart: (site: Site) => void
}

/** Carries out the lives of a spec's groups. Each instance draws from a stream of its own, and each group's waves from one of theirs. */
export function livesOf(spec: RunSpec, { sites, time, moments, isUp, crash, restart }: LifeParts): Lives {
  const { seed } = spec
  const random = new Map<number, Random>(sites.map(({ seq }) => [seq, seededRandom(seed, `life:${seq}`)]))
  const ends = new Map<Site, Event>()
  const drawn = (site: Site): Random => random.get(site.seq) as Random

  function liveOn(site: Site): void {
    const { session } = site.group.life
    if (session !== null)
      ends.set(
        site,
        time.after(drawMs(session, drawn(site)), () => fall(site)),
      )
  }

  function fall(site: Site): void {
    if (!isUp(site)) return
    const { down } = site.group.life
    const end = ends.get(site)
    if (end !== undefined) time.cancel(end)
    crash(site)
    if (down !== null) time.after(drawMs(down, drawn(site)), () => rise(site))
  }

  function rise(site: Site): void {
    if (isUp(site)) return
    restart(site)
    liveOn(site)
  }

  function waves(id: string): void {
    const all = sites.filter(({ group }) => group.id === id)
    const crashes = all[0]?.group.life.crashes ?? null
    if (crashes === null) return
    const draws = seededRandom(seed, `crashes:${id}`)
    const wave = (): void => {
      const up = draws.shuffle(all.filter(isUp))
      for (const site of up.slice(0, Math.round(crashes.share * all.length))) fall(site)
      time.after(crashes.everyMs, wave)
    }
    time.after(crashes.everyMs, wave)
  }

  for (const site of sites) if (site.group.life.session !== null) moments.at(site.group.life.from, () => liveOn(site))
  for (const { id, life } of programGroups(spec)) if (life.crashes !== null) moments.at(life.from, () => waves(id))

  return {
    joinMs: (site) => drawMs(site.group.life.join, seededRandom(seed, `join:${site.seq}`)),
  }
}
