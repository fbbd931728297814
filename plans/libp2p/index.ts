export type { PeerId } from '@libp2p/interface'
export { peerIdFromString } from '@libp2p/peer-id'
export { type Cause, causeOf } from './cause.ts'
export { type CID, cidOfDigest } from './cid.ts'
export { type Contact, dialContact } from './dial.ts'
export type { Identities } from './identities/read.ts'
export { type WriteIdentities, writeIdentities } from './identities/write.ts'
export { type Identity, identityOf } from './identity.ts'
export {
  nearestInTable,
  onRefresh,
  onUpkeepQuery,
  readFrom,
  refreshTarget,
  stopTagging,
  type TableEntry,
  tableEntries,
  tableHasPeer,
  type UpkeepQuery,
} from './internals.ts'
export { keyOfPeer } from './keyspace.ts'
export { type AskOptions, ask, type LookupRow, type Question } from './lookup.ts'
export { type DhtNode, describeNode, type NodeStart, startNode } from './node.ts'
export { anyValue, type DhtOptions, kadProtocol, type ValueRules, valueNamespace } from './options.ts'
export { isStray, preparePeerProcess } from './process.ts'
export { findPeer, findProviders, getClosestPeers, getValue, provide, putValue } from './questions.ts'
export { type PlaceOptions, relaysOf, reservePlace } from './relay/place.ts'
export type { WayIn } from './relay/way-in.ts'
export { anyOf } from './signal.ts'
export { snapshotTable } from './snapshot.ts'
export { type Progress, type Termination, type Trace, traceQuery } from './trace.ts'
export { type RoundTrip, sampleRoundTrip } from './transport/round-trip.ts'
export { openWarmNetwork, type WarmNetwork } from './warm/network.ts'
export { type ResidentsOptions, warmResidents } from './warm/residents.ts'
