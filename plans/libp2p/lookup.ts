import {
  type Env,
  type Key,
  type lookupRecord,
  type queryRecord,
  type RecordWriter,
  type Row,
  toHex,
} from '@hoplab/sdk'
import type { QueryEvent } from '@libp2p/kad-dht'
import { nearestInTable } from './internals.ts'
import type { DhtNode } from './node.ts'
import { anyOf } from './signal.ts'
import { type Progress, type Termination, traceQuery } from './trace.ts'

export type LookupRow = Row<typeof lookupRecord>

/** What js-libp2p's query methods take. */
export interface QueryOptions {
  readonly signal: AbortSignal
  readonly onProgress: (event: Progress) => void
}

/** What a question has got when its query ended. */
export type Answer = Pick<LookupRow, 'closest' | 'found' | 'stored' | 'found_from'>

/** Gathers an answer from a query's events. */
export interface Gather {
  /** Takes one event; true when it held a result (the first such event sets `first_result_ms`). */
  take(event: QueryEvent): boolean
  /** Whether there is nothing more to wait for. */
  enough(): boolean
  answer(): Answer
}

/** Something to ask the network, and how its answer is told from its events. */
export interface Question {
  readonly kind: LookupRow['kind']
  readonly target: Key
  readonly targetPeer: string | null
  readonly connected: boolean | null
  /** Results there are to get; null where nobody can know. */
  readonly expected: number | null
  readonly run: (options: QueryOptions) => AsyncIterable<unknown>
  readonly gather: () => Gather
}

/** Where a lookup stands in the run, and where its rows go. */
export interface AskOptions {
  readonly name: string
  readonly phase: LookupRow['phase']
  /** ms. */
  readonly timeLimitMs: number
  readonly lookups: RecordWriter<typeof lookupRecord>
  readonly queries: RecordWriter<typeof queryRecord>
}

/** Asks a question, writes its query events and its row, and resolves to the row. Rejects only when the run is aborted or a row could not be written: a lookup that fails is data. */
export async function ask(
  env: Env,
  node: DhtNode,
  { question, ...options }: AskOptions & { readonly question: Question },
): Promise<LookupRow> {
  const { crash } = node
  const limit = AbortSignal.timeout(options.timeLimitMs)
  const seeds = nearestInTable(node.dht, question.target, node.dht.k).map(String)
  const startMs = env.clock.now()
  const outcome = await walk(env, node, { question, limit, crash, ...options })
  env.signal.throwIfAborted()
  const row: LookupRow = {
    lookup: options.name,
    phase: options.phase,
    kind: question.kind,
    target: toHex(question.target),
    target_peer: question.targetPeer,
    start_ms: startMs,
    end_ms: env.clock.now(),
    ...judge(question, outcome),
    termination: outcome.termination,
    connected: question.connected,
    k: node.dht.k,
    seeds,
    expected: question.expected,
    first_result_ms: outcome.firstMs === null ? null : outcome.firstMs - startMs,
    ...outcome.answer,
  }
  options.lookups.write(row)
  return row
}

interface Outcome {
  readonly answer: Answer
  readonly termination: Termination
  readonly firstMs: number | null
  readonly error: Error | null
  readonly late: boolean
  /** Whether the asking node itself went away. */
  readonly crashed: boolean
}

interface Walk extends AskOptions {
  readonly question: Question
  readonly limit: AbortSignal
  /** Of the node that asks. */
  readonly crash: AbortSignal
}

/** Runs the query to its end, following it. */
async function walk(env: Env, node: DhtNode, { question, limit, crash, name, queries }: Walk): Promise<Outcome> {
  const trace = traceQuery(node, { lookup: name, clock: env.clock, writer: queries })
  const gather = question.gather()
  const state: { firstMs: number | null; error: Error | null; termination: Termination | null } = {
    firstMs: null,
    error: null,
    termination: null,
  }
  const end = (): void => {
    state.termination ??= terminationOf({
      gather,
      late: limit.aborted || crash.aborted,
      answered: trace.answered(),
      k: node.dht.k,
    })
    trace.end(state.termination)
  }
  const onProgress = (event: Progress): void => {
    if (isWalkEnd(event, node)) end()
    trace.onProgress(event)
    if (event.type.startsWith('kad-dht:query:') && gather.take(event.detail as QueryEvent)) {
      state.firstMs ??= env.clock.now()
    }
    if (gather.enough()) end()
  }
  try {
    const events = question.run({ signal: anyOf([env.signal, limit, crash]), onProgress })
    for await (const _ of events) if (gather.enough()) break
  } catch (error) {
    state.error = error instanceof Error ? error : new Error(String(error))
  }
  end()
  return {
    answer: gather.answer(),
    termination: state.termination ?? 'unknown',
    firstMs: state.firstMs,
    error: state.error,
    late: limit.aborted,
    crashed: crash.aborted,
  }
}

/** A walk for the closest peers ends when the node names them itself; storing a record with them comes after. */
function isWalkEnd({ type, detail }: Progress, node: DhtNode): boolean {
  if (type !== 'kad-dht:query:final-peer') return false
  const event = detail as QueryEvent & { name: 'FINAL_PEER' }
  return event.path.index >= 0 && event.from.equals(node.peerId)
}

/** `completed` where k peers answered, `starvation` where there was nobody left to ask before that. */
function terminationOf(query: {
  readonly gather: Gather
  readonly late: boolean
  readonly answered: number
  readonly k: number
}): Termination {
  if (query.gather.enough()) return 'stopped'
  if (query.late) return 'cancelled'
  return query.answered >= query.k ? 'completed' : 'starvation'
}

/** The verdict on a lookup: `absent` only where it is known that there was nothing to find. */
function judge({ expected }: Question, { answer, late, crashed, error }: Outcome): Pick<LookupRow, 'status' | 'error'> {
  if (answer.found > 0) return { status: 'ok', error: null }
  if (crashed) return { status: 'failed', error: 'the asking node crashed' }
  if (expected === 0) return { status: 'absent', error: null }
  if (late) return { status: 'timeout', error: 'the time limit of the lookup' }
  return { status: 'failed', error: error === null ? 'nothing found' : `${error.name}: ${error.message}` }
}
