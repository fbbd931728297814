import type { Env } from '@hoplab/sdk'
import { withNetwork } from '../with-network.ts'

/** Brings the network up and looks nothing up: what there is to see is the tables. */
export async function bootstrapNetwork(env: Env): Promise<void> {
  await withNetwork(env, {}, async () => {})
}
