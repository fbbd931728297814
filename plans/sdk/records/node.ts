import { defineRecord } from '../record.ts'

/** Who a node is: one line, written as soon as the node has its identity. */
export const nodeRecord = defineRecord({
  name: 'nodes',
  file: 'node.ndjson',
  about: 'A node, its identity and its role.',
  columns: {
    ts_ms: {
      type: 'number',
      unit: 'ms',
      about: 'When it was written, since the Unix epoch (virtual on `sim`).',
    },
    peer: { type: 'string', about: 'Peer id as text.' },
    key: {
      type: 'string',
      format: 'key',
      about: 'Key in the DHT key space: SHA-256 of the peer id bytes, 64 hexadecimal digits.',
    },
    role: {
      type: 'string',
      values: ['server', 'client'],
      about: 'Whether it answers DHT requests and enters tables.',
    },
    dialable: {
      type: 'boolean',
      about: 'Whether other nodes can open a connection to it.',
    },
    bootstrapper: {
      type: 'boolean',
      about: 'Whether other nodes were given its address to join by.',
    },
    agent: {
      type: 'string',
      about: 'Implementation and version, as in `js-libp2p/3.3.11`.',
    },
  },
})
