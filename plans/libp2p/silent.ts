import type { ComponentLogger, Logger } from '@libp2p/interface'

function nothing(): void {}

const silent: Logger = Object.assign(() => {}, {
  enabled: false,
  error: nothing,
  trace: nothing,
  newScope: () => silent,
})

/** What js-libp2p logs to where nobody asked for its logs (DEBUG is not set): making a logger of its own for every stream, only to find it silent, takes a tenth of a node's work. Undefined leaves it its own. */
export function quietLogger(): ComponentLogger | undefined {
  return process.env.DEBUG ? undefined : { forComponent: () => silent }
}
