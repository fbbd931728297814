import type { Net } from '@hoplab/sdk'
import type { RelayOptions } from './relay-options.ts'

/** How others reach a node: at an address of its own, through relays alone, or not at all. */
export type WayIn = 'direct' | 'relays' | 'none'

/** Relays are for a node that nobody can dial; one that can be dialed needs none, whatever its options say. */
export function wayIn(net: Net, { undialable, relays }: Pick<RelayOptions, 'undialable' | 'relays'>): WayIn {
  if (!undialable && (net.kind === 'tcp' || net.reachable)) return 'direct'
  return relays > 0 ? 'relays' : 'none'
}
