import type { Clock, lookupRecord, queryRecord, RecordWriter, Row } from '@hoplab/sdk'
import type { Connection, PeerId } from '@libp2p/interface'
import type {
  FinalPeerEvent,
  PeerResponseEvent,
  ProviderEvent,
  QueryErrorEvent,
  QueryEvent,
  ValueEvent,
} from '@libp2p/kad-dht'
import { causeOf } from './cause.ts'
import type { DhtNode } from './node.ts'

/** Why a query ended, as `termination` of the lookup record names it. */
export type Termination = Row<typeof lookupRecord>['termination']

/** A progress event of js-libp2p, as `onProgress` gets them. */
export interface Progress {
  readonly type: string
  readonly detail?: unknown
}

/** Where a trace writes. */
export interface TraceOptions {
  /** Name of the lookup. */
  readonly lookup: string
  readonly clock: Clock
  readonly writer: RecordWriter<typeof queryRecord>
}

/** Follows one query. */
export interface Trace {
  /** For the query's options. Called in causal order, before the query's own iterator yields the event. */
  readonly onProgress: (event: Progress) => void
  /** Peers that answered so far. */
  readonly answered: () => number
  /** Ends the dials and requests under way as cancelled by us, writes `ended`, and ignores whatever comes after. Does nothing when called again. */
  readonly end: (termination: Termination) => void
}

interface Request {
  readonly path: number
  state: 'dialing' | 'open' | 'sent' | 'done'
}

type QueryRow = Row<typeof queryRecord>

interface State {
  readonly node: DhtNode
  readonly requests: Map<string, Request>
  readonly write: (event: QueryRow['event'], row: Partial<QueryRow>) => void
  answered: number
  ended: boolean
}

/** Starts following a query: rows are written as its progress events arrive. */
export function traceQuery(node: DhtNode, { lookup, clock, writer }: TraceOptions): Trace {
  const state: State = {
    node,
    requests: new Map(),
    write: (event, { path = -1, peer = null, closer = null, providers = null, cause = null }) =>
      writer.write({ ts_ms: clock.now(), lookup, event, path, peer, closer, providers, cause }),
    answered: 0,
    ended: false,
  }
  return {
    onProgress: ({ type, detail }) => {
      if (state.ended) return
      if (type === 'connection:opened') dialed(state, (detail as Connection).remotePeer)
      else if (type.startsWith('kad-dht:query:')) follow(state, detail as QueryEvent)
    },
    answered: () => state.answered,
    end: (termination) => {
      if (state.ended) return
      for (const [peer, request] of state.requests)
        if (request.state !== 'open') unanswered(state, { peer, request, cause: 'cancelled' })
      state.write('ended', { cause: termination })
      state.ended = true
    },
  }
}

function follow(state: State, event: QueryEvent): void {
  const path = event.path.index
  if (path < 0) ownAnswer(state, event)
  else if (event.name === 'DIAL_PEER') asked(state, event.peer, path)
  else if (event.name === 'SEND_QUERY') sent(state, event.to, path)
  else if (event.name === 'PEER_RESPONSE') answered(state, event)
  else if (event.name === 'QUERY_ERROR') failed(state, event)
  else if (holdsResult(event) && !event.from.equals(state.node.peerId))
    state.write('found', { path, peer: event.from.toString() })
}

function holdsResult(event: QueryEvent): event is FinalPeerEvent | ProviderEvent | ValueEvent {
  return event.name === 'FINAL_PEER' || event.name === 'PROVIDER' || event.name === 'VALUE'
}

/** What the node found at home before it asked anyone. */
function ownAnswer(state: State, event: QueryEvent): void {
  if (event.name === 'PROVIDER' || event.name === 'VALUE') state.write('found', { peer: event.from.toString() })
}

/** js-libp2p tells DIAL_PEER before every request; it is a dial only where there is no connection. */
function asked(state: State, peer: PeerId, path: number): void {
  const connected = state.node.libp2p.getConnections(peer).length > 0
  state.requests.set(peer.toString(), { path, state: connected ? 'open' : 'dialing' })
  if (!connected) state.write('dial', { path, peer: peer.toString() })
}

function dialed(state: State, peer: PeerId): void {
  const request = state.requests.get(peer.toString())
  if (request?.state !== 'dialing') return
  request.state = 'open'
  state.write('dialed', { path: request.path, peer: peer.toString() })
}

function sent(state: State, peer: PeerId, path: number): void {
  dialed(state, peer)
  const request = state.requests.get(peer.toString())
  if (request?.state === 'open') request.state = 'sent'
  state.write('sent', { path, peer: peer.toString() })
}

function answered(state: State, event: PeerResponseEvent): void {
  const peer = event.from.toString()
  const request = state.requests.get(peer)
  if (request !== undefined) request.state = 'done'
  state.answered++
  state.write('answered', {
    path: event.path.index,
    peer,
    closer: event.closer.map(({ id }) => id.toString()),
    providers: event.messageName === 'GET_PROVIDERS' ? event.providers.map(({ id }) => id.toString()) : null,
  })
}

function failed(state: State, event: QueryErrorEvent): void {
  const peer = event.from.toString()
  const request = state.requests.get(peer)
  if (request !== undefined) unanswered(state, { peer, request, cause: causeOf(event.error) })
}

function unanswered(
  state: State,
  { peer, request, cause }: { readonly peer: string; readonly request: Request; readonly cause: string },
): void {
  if (request.state === 'done') return
  state.write(request.state === 'dialing' ? 'dial-failed' : 'failed', { path: request.path, peer, cause })
  request.state = 'done'
}
