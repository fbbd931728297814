import type { Transport } from '@libp2p/interface'
import type { TCPComponents } from '@libp2p/tcp'

/** Makes a transport of a node's components, as js-libp2p takes it. */
export type TransportOf = (components: TCPComponents) => Transport
