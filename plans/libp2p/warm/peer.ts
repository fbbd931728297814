import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { Peer, PeerId, PeerInfo } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'

/** Where the parts of peers come from, by rank. */
export interface PeerSource {
  keyOf(rank: number): Uint8Array
  publicKeyOf(rank: number): Uint8Array
  /** `/ip4/…/tcp/…`. */
  addressOf(rank: number): string
}

/** Far from now, as the future of any run: an entry that needs no ping. ms since the Unix epoch */
const farMs = Date.UTC(2200, 0, 1)

/** A peer that tables hold, shared by all nodes that know it: an entry of js-libp2p's tables. Its larger parts are made when they are first asked for, which for most peers is never. */
export class WarmPeer {
  readonly rank: number
  readonly lastPing = farMs
  readonly #source: PeerSource
  #peerId: PeerId | null = null
  #info: PeerInfo | null = null
  #stored: Peer | null = null

  constructor(rank: number, source: PeerSource) {
    this.rank = rank
    this.#source = source
  }

  get kadId(): Uint8Array {
    return this.#source.keyOf(this.rank)
  }

  get peerId(): PeerId {
    this.#peerId ??= peerIdFromPublicKey(publicKeyFromRaw(new Uint8Array(this.#source.publicKeyOf(this.rank))))
    return this.#peerId
  }

  /** As answers to others name it. */
  get info(): PeerInfo {
    this.#info ??= { id: this.peerId, multiaddrs: [multiaddr(this.#source.addressOf(this.rank))] }
    return this.#info
  }

  /** As the peer store has it. */
  get stored(): Peer {
    this.#stored ??= {
      id: this.peerId,
      addresses: this.info.multiaddrs.map((address) => ({ multiaddr: address, isCertified: false })),
      protocols: [],
      metadata: new Map(),
      tags: new Map(),
    }
    return this.#stored
  }

  /** Whether an address is the one that is known of it, with its peer id or without. */
  isAt(address: Multiaddr): boolean {
    const known = this.info.multiaddrs[0]?.toString()
    const text = address.toString()
    return text === known || text === `${known}/p2p/${this.peerId}`
  }
}
