import { causeOf, type DhtNode, type Progress, type ValueRules, valueNamespace } from '@hoplab/libp2p'
import type { Env, Row } from '@hoplab/sdk'
import { gathered, meet } from '../gather.ts'
import { flag, number, stockNode, word } from '../settings.ts'
import { valueRecord } from '../value-record.ts'

/** Longest put or get. ms */
const callLimitMs = 60_000

/** Nodes put a value of their own in each version, all the first before any the second, and then get their own and those of others. */
export async function values(env: Env): Promise<void> {
  await gathered(
    env,
    { options: stockNode(env.params, rulesOf(word(env.params, 'accepts'))) },
    async (limited, node) => {
      const rows = limited.records(valueRecord)
      const puts = flag(env.params, 'puts')
      const putters = await whoPuts(limited, puts)
      for (let version = 1; version <= number(env.params, 'versions'); version++) {
        if (puts) rows.write(await put(limited, node, version))
        await meet(limited, `put-${version}`)
      }
      if (!flag(env.params, 'gets')) return
      const others = limited.random(`gets:${env.seq}`).shuffle(putters.filter((seq) => seq !== env.seq))
      const wanted = [...(puts ? [env.seq] : []), ...others.slice(0, number(env.params, 'n_gets'))]
      for (const owner of wanted) rows.write(await get(limited, node, owner))
    },
  )
}

/** Which versions a node takes; a later one is better. */
function rulesOf(accepts: string): ValueRules {
  const newest = (_: Uint8Array, records: readonly Uint8Array[]): number =>
    records.reduce((best, value, i) => (versionOf(value) > versionOf(records[best]) ? i : best), 0)
  const validate = async (_: Uint8Array, value: Uint8Array): Promise<void> => {
    if (accepts === 'first' && versionOf(value) > 1) throw new Error('a version that this node does not know')
  }
  return {
    validators: accepts === 'none' ? {} : { [valueNamespace]: validate },
    selectors: accepts === 'none' ? {} : { [valueNamespace]: newest },
  }
}

/** Numbers of the instances that put a value, in their order. */
async function whoPuts(env: Env, puts: boolean): Promise<number[]> {
  await env.sync.publish('putters', { seq: env.seq, puts })
  const told: { seq: number; puts: boolean }[] = []
  for await (const one of env.sync.subscribe('putters', { signal: env.signal })) {
    told.push(one as (typeof told)[number])
    if (told.length === env.instanceCount) break
  }
  return told.flatMap((one) => (one.puts ? [one.seq] : [])).sort((a, b) => a - b)
}

type ValueRow = Row<typeof valueRecord>

async function put(env: Env, node: DhtNode, version: number): Promise<ValueRow> {
  const { row, onProgress, call } = following(env, { operation: 'put', own: true })
  const value = new TextEncoder().encode(`version ${version}`)
  await call((signal) => node.dht.put(keyOf(env, env.seq), value, { signal, onProgress }) as AsyncIterable<unknown>)
  return { ...row(), version }
}

async function get(env: Env, node: DhtNode, owner: number): Promise<ValueRow> {
  const { row, onProgress, call } = following(env, { operation: 'get', own: owner === env.seq })
  const yielded = await call((signal) => node.dht.get(keyOf(env, owner), { signal, onProgress }))
  const values = yielded.filter((event): event is { value: Uint8Array } => (event as { name: string }).name === 'VALUE')
  return { ...row(), version: Math.max(0, ...values.map(({ value }) => versionOf(value))) }
}

const keyOf = (env: Env, owner: number): Uint8Array =>
  new TextEncoder().encode(`/${valueNamespace}/${env.seed}/${owner}`)

function versionOf(value: Uint8Array | undefined): number {
  return value === undefined ? 0 : Number(/^version (\d)$/.exec(new TextDecoder().decode(value))?.[1] ?? 0)
}

interface Following {
  /** The row so far. */
  row(): ValueRow
  readonly onProgress: (event: Progress) => void
  /** Makes the call and takes all that it yields; an error that it throws is remembered, not thrown. */
  call(begin: (signal: AbortSignal) => AsyncIterable<unknown>): Promise<unknown[]>
}

/** Follows one put or get by what js-libp2p tells of it. */
function following(env: Env, told: Pick<ValueRow, 'operation' | 'own'>): Following {
  const startMs = env.clock.now()
  const counts = { stored: 0, refused: 0, offered: 0, newest: 0 }
  const state: { threw: string | null; cause: string | null; endMs: number } = {
    threw: null,
    cause: null,
    endMs: startMs,
  }
  /** Peers that were sent the value and have not answered yet. */
  const sent = new Set<string>()
  return {
    row: () => ({
      ...told,
      ...counts,
      start_ms: startMs,
      end_ms: state.endMs,
      version: 0,
      threw: state.threw,
      refused_cause: state.cause,
    }),
    onProgress({ type, detail }) {
      if (!type.startsWith('kad-dht:query:')) return
      const event = detail as QueryTold
      const from = String(event.to ?? event.from)
      if (event.name === 'SEND_QUERY' && event.messageName === 'PUT_VALUE') sent.add(from)
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE' && sent.delete(from)) counts.stored++
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'GET_VALUE' && event.record != null) counts.offered++
      if (event.name === 'VALUE') counts.newest = Math.max(counts.newest, versionOf(event.value))
      if (event.name !== 'QUERY_ERROR' || !sent.delete(from)) return
      counts.refused++
      state.cause ??= causeOf(event.error)
    },
    async call(begin) {
      const yielded: unknown[] = []
      try {
        for await (const event of begin(AbortSignal.any([env.signal, AbortSignal.timeout(callLimitMs)])))
          yielded.push(event)
      } catch (error) {
        const { name, message } = error as Error
        state.threw = `${name}: ${message}`
      }
      env.signal.throwIfAborted()
      state.endMs = env.clock.now()
      return yielded
    },
  }
}

/** What js-libp2p tells of a query, as far as it is counted. */
interface QueryTold {
  readonly name: string
  readonly messageName?: string
  readonly to?: unknown
  readonly from?: unknown
  readonly value?: Uint8Array
  readonly record?: unknown
  readonly error?: unknown
}
