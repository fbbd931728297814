import { defineRecord } from '../record.ts'

/** One lookup (or provide, put, get), written when it ended, with the truth that it is judged by. */
export const lookupRecord = defineRecord({
  name: 'lookups',
  file: 'lookups.ndjson',
  about: 'A lookup, its result, and the truth that it is judged by.',
  columns: {
    lookup: {
      type: 'string',
      about: 'Name of the lookup, unique in its instance; query events carry it.',
    },
    phase: {
      type: 'string',
      values: ['bootstrap', 'measured'],
      about: 'Part of the run it belongs to.',
    },
    kind: {
      type: 'string',
      values: ['find-peer', 'find-providers', 'provide', 'put-value', 'get-value', 'get-closest-peers'],
      about: 'What was asked.',
    },
    target: {
      type: 'string',
      format: 'key',
      about: 'Target in the key space, 64 hexadecimal digits.',
    },
    target_peer: {
      type: 'string?',
      about: 'The peer that was looked for, in find-peer.',
    },
    start_ms: {
      type: 'number',
      unit: 'ms',
      about: 'Start, since the Unix epoch (virtual on `sim`).',
    },
    end_ms: { type: 'number', unit: 'ms', about: 'End, on the same clock.' },
    status: {
      type: 'string',
      values: ['ok', 'failed', 'timeout', 'absent'],
      about: 'How it ended; `absent`: not found, and provably not there.',
    },
    error: { type: 'string?', about: 'Why it failed.' },
    termination: {
      type: 'string',
      values: ['stopped', 'cancelled', 'starvation', 'completed', 'unknown'],
      about: 'Why the query ended (D11).',
    },
    connected: {
      type: 'boolean?',
      about: 'Whether the asking node was connected beforehand to the target peer, or to the peer nearest to a key.',
    },
    k: {
      type: 'integer',
      unit: 'peers',
      about: 'Bucket size of the asking node, the k of recall@k.',
    },
    seeds: {
      type: 'strings',
      about: 'Peers that the query started from: the nearest in the own table.',
    },
    closest: { type: 'strings', about: 'Peers returned, nearest first.' },
    found: {
      type: 'integer',
      about: 'Results got: providers, peers or values.',
    },
    expected: { type: 'integer?', about: 'Results there were to get.' },
    stored: {
      type: 'integer?',
      unit: 'peers',
      about:
        'Peers that took the record: in put-value those that acknowledged it, in provide, which nobody acknowledges, those it was sent to without an error.',
    },
    first_result_ms: {
      type: 'number?',
      unit: 'ms',
      about: 'Time from the start to the first result.',
    },
    found_from: {
      type: 'string?',
      about: 'The peer whose answer held the result, or null where none did or it is not told.',
    },
  },
})
