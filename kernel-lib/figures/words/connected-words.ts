import type { Sample } from '../../stats/sample/sample.ts'
import { percent } from './words.ts'

/** What stands beside hops: the share of lookups whose two nodes were connected beforehand. A small network is a clique, and its hops say little about a large one. */
export function connectedWords(connected: Sample): string {
  if (connected.n === 0) return 'share of pairs already connected unknown'
  return `${percent(connected.estimate)} of pairs were already connected (n ${connected.n})`
}
