import { meanSample } from '../sample/estimate.ts'
import type { Sample } from '../sample/sample.ts'
import { claimsClosest } from './accuracy.ts'
import { onlyWhole } from './attempts.ts'
import type { HopTree } from './hop-tree.ts'
import { classOf } from './outcome-class.ts'
import type { Traced, TracedAttempts } from './traced.ts'

/** D5: four numbers that are all called hops elsewhere, named apart. */
export interface HopKinds {
  /** Answers got by a lookup (hoarder's TotalHops). */
  readonly totalHops: Sample
  /** Depth of the deepest peer that answered. */
  readonly treeDepth: Sample
  /** The most hops by which one of the peers returned could have been reached, by the shortest way that the answers offered. */
  readonly minHopsToClosest: Sample
  /** Hops to the first provider: depth of the first peer whose answer held one (RFM7); the own node is 0. */
  readonly htfp: Sample
}

/** D5, over all lookups that ended. Lookups of which a number cannot be told (none returned, no provider) are not in its n, and are counted: as failed where they failed, else as missing. */
export function hopKinds(attempts: TracedAttempts): HopKinds {
  const whole = onlyWhole(attempts)
  const sample = (name: keyof HopKinds, of: (attempt: Traced) => number | null) => summarise(whole, name, of)
  return {
    totalHops: sample('totalHops', answers),
    treeDepth: sample('treeDepth', ({ tree }) => deepest(tree)),
    minHopsToClosest: sample('minHopsToClosest', farthestReturned),
    htfp: sample('htfp', firstProvider),
  }
}

const definitions: Readonly<Record<keyof HopKinds, [name: string, definition: string, unit: string]>> = {
  totalHops: ['answers per lookup (TotalHops)', 'number of answers got', 'answers'],
  treeDepth: ['depth of the lookup tree (TreeDepth)', 'depth of the deepest peer that answered', 'hops'],
  minHopsToClosest: [
    'hops to the peers returned (MinHopsToClosest)',
    'the largest, over the peers returned, of the shortest depth at which an answer or the own table named each',
    'hops',
  ],
  htfp: [
    'hops to the first provider (HTFP)',
    'depth of the first peer whose answer held a provider; the own node is 0',
    'hops',
  ],
}

function summarise(
  { ended, expected, missing }: TracedAttempts,
  which: keyof HopKinds,
  of: (attempt: Traced) => number | null,
): Sample {
  const [name, definition, unit] = definitions[which]
  const asked = ended.filter((each) => applies(each, which))
  const observations = asked.flatMap((each) => {
    const value = of(each)
    return value === null ? [] : [{ ...each, value }]
  })
  const untold = asked.filter((each) => of(each) === null)
  const failed = untold.filter((each) => classOf(each) === 'failed').length
  const lost = asked.length === 0 && ended.length > 0 ? 0 : missing
  return meanSample({ name, entry: 'D5', definition, unit }, observations, {
    expected: asked.length + (lost === 0 ? 0 : expected - ended.length),
    failed,
    missing: untold.length - failed + lost,
    censored: 0,
  })
}

/** Only a search for providers can meet one, and a search that was stopped returns no closest peers. */
function applies(attempt: Traced, which: keyof HopKinds): boolean {
  if (which === 'htfp') return attempt.kind === 'find-providers'
  return which !== 'minHopsToClosest' || claimsClosest(attempt)
}

function answers({ events }: Traced): number {
  return events.filter(({ event, path }) => event === 'answered' && path >= 0).length
}

/** A lookup that asked nobody is a tree of the own node alone. */
function deepest(tree: HopTree): number | null {
  if (tree.size === 0) return 0
  const depths = [...tree.values()].flatMap(({ answered, depth }) => (answered && depth !== null ? [depth] : []))
  return depths.length === 0 ? null : depths.reduce((a, b) => Math.max(a, b))
}

function firstProvider({ events, tree }: Traced): number | null {
  const first = events.find(({ event, providers }) => event === 'answered' && (providers?.length ?? 0) > 0)
  if (!first?.peer) return null
  return first.path < 0 ? 0 : (tree.get(first.peer)?.depth ?? null)
}

function farthestReturned({ closest, events, seeds, tree }: Traced): number | null {
  const shortest = shortestDepths(tree, { seeds, events })
  const depths = closest.flatMap((peer) => shortest.get(peer) ?? [])
  return depths.length === 0 ? null : depths.reduce((a, b) => Math.max(a, b))
}

/** Fewest hops to every peer named, breadth first over who named whom. */
function shortestDepths(tree: HopTree, { seeds, events }: Pick<Traced, 'seeds' | 'events'>): Map<string, number> {
  const named = new Map<string, string[]>()
  for (const { event, peer, closer } of events)
    if (event === 'answered' && peer !== null) named.set(peer, [...(named.get(peer) ?? []), ...(closer ?? [])])
  const starts = [...tree.values()].flatMap(({ peer, depth }) => (depth === 1 ? [peer] : []))
  const depths = new Map([...seeds, ...starts].map((peer) => [peer, 1]))
  // A Map iterates over what is added meanwhile, which makes it the queue.
  for (const [peer, depth] of depths)
    for (const next of named.get(peer) ?? []) if (!depths.has(next)) depths.set(next, depth + 1)
  return depths
}
