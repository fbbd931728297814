import { instanceCount, nodeCount } from '../groups.ts'
import type { RunSpec } from '../spec.ts'
import type { WarmStart } from './start.ts'

/** How many nodes a run has: `40 nodes`; where some run no program, `5 instances among 100,000 nodes`. */
export function sizeWords(spec: Pick<RunSpec, 'groups'>): string {
  const [instances, nodes] = [instanceCount(spec), nodeCount(spec)]
  if (instances === nodes) return nodes === 1 ? '1 node' : `${nodes} nodes`
  return `${instances === 1 ? '1 instance' : `${instances} instances`} among ${nodes.toLocaleString('en-US')} nodes`
}

/** Tables that a network begins with, all but their seed: `kademlia tables, 73 % full, 10 % stale`. */
export function tableWords({ tables, fill, neighbourhood, stale, prefixLength, recorded }: WarmStart): string {
  if (recorded !== null) return `recorded tables of ${recorded.entries.length} nodes`
  const depth = prefixLength === null ? '' : ` ${prefixLength} bits deep`
  const near = neighbourhood === null ? '' : `, ${percent(neighbourhood)} of the neighbourhood`
  return `${tables} tables${depth}, ${percent(fill)} full${near}, ${percent(stale)} stale`
}

/** How a network begins, as a run's description says it: `warm start: kademlia tables, 73 % full, 10 % stale, table seed 7`. */
export function startWords(start: WarmStart): string {
  return `warm start: ${tableWords(start)}${start.recorded === null ? `, table seed ${start.seed}` : ''}`
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(6))} %`
