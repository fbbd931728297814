import { tableWords } from '../../composition/start/start-words.ts'
import type { DrawnRun } from '../data/runs.ts'
import { plural } from './words.ts'

const seedsShown = 3

/** What a figure of networks that began warm says below itself: which tables they began with, and what they cannot tell; empty where all began cold. */
export function startNote(runs: readonly DrawnRun[]): string {
  const starts = runs.flatMap(({ start }) => (start === null ? [] : [start]))
  if (starts.length === 0) return ''
  const tables = [...new Set(starts.map(tableWords))].join('; ')
  const seeds = [...new Set(starts.filter(({ recorded }) => recorded === null).map(({ seed }) => seed))]
  const told =
    seeds.length > seedsShown
      ? `${seeds.length} table seeds`
      : `table ${plural(seeds.length, 'seed')} ${seeds.join(', ')}`
  const which = starts.length === runs.length ? 'Warm start' : `Warm start of ${starts.length} of ${runs.length} runs`
  return `${which}: ${tables}${seeds.length === 0 ? '' : `, ${told}`}. Says nothing of joining or convergence.`
}
