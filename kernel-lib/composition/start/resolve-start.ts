import { mostPeers } from '@hoplab/sdk'
import type { StartDraft } from '../draft.ts'
import type { CaseSpec } from '../manifest.ts'
import type { Problem } from '../problems.ts'
import type { WarmStart } from './start.ts'

/** A warm start with nothing left to decide but the seed, which differs from one repetition to the next. */
export type SeededStart = (seed: number) => WarmStart | null

interface StartContext {
  /** Undefined where the case is unknown, which is told by whoever looked for it. */
  readonly spec: CaseSpec | undefined
  /** Nodes of each run, 0 where they cannot be counted. */
  readonly sizes: readonly number[]
  readonly problems: Problem[]
}

/** Holds a warm start against its case, and the sizes of its networks. */
export function resolveStart(start: StartDraft | null, { spec, sizes, problems }: StartContext): SeededStart {
  if (start === null || start.tables === null || spec === undefined) return () => null
  const { tables, fill, neighbourhood, stale, prefixLength, recorded } = start
  if (tables === 'trie' && prefixLength === null && !Object.hasOwn(spec.params, 'prefix_length'))
    problems.push({
      where: start.where('prefix_length'),
      what: `is missing, and case ${spec.name} has no parameter of that name; write prefix_length = 6`,
    })
  for (const size of sizes.filter((nodes) => nodes > 0)) problems.push(...wrongSize(start, size))
  return (seed) => ({ tables, fill, neighbourhood, stale, prefixLength, seed: start.seed ?? seed, recorded })
}

/** A population, and gone peers beside it, that tables cannot be drawn from; recorded tables of more nodes or fewer. */
function wrongSize({ stale, recorded, where }: StartDraft, size: number): readonly Problem[] {
  const gone = stale === 1 ? Number.POSITIVE_INFINITY : (size * stale) / (1 - stale)
  if (size > mostPeers)
    return [{ where: 'groups', what: `are ${size} nodes in all; a warm network has at most ${mostPeers}` }]
  if (size + gone > mostPeers) {
    const most = Math.floor((1 - size / mostPeers) * 100) / 100
    return [
      {
        where: where('stale'),
        what: `is ${stale}; ${size} nodes and the peers that are gone are at most ${mostPeers} together: write at most ${most}`,
      },
    ]
  }
  const seen = recorded?.entries.length ?? size
  if (seen === size) return []
  return [
    {
      where: 'groups',
      what: `come to ${size} nodes, and the recorded tables are of ${seen}; write counts that come to ${seen}`,
    },
  ]
}
