import { crc32 } from 'node:zlib'
import type { NetworkLog } from '../network/log.ts'
import type { Trace } from './trace.ts'

/** Puts what happens in the network in the trace: dials and how they end, and every piece of data with the CRC-32 of its bytes. */
export function networkEvents(trace: Trace): NetworkLog {
  return {
    dialed: (from, to) => trace.add('dial', `"from":"${from.name}","to":"${to.host}:${to.port}"`),
    refused: (from, to, code) =>
      trace.add('refused', `"from":"${from.name}","to":"${to.host}:${to.port}","code":"${code}"`),
    opened: (connection, from, to) =>
      trace.add('opened', `"connection":${connection},"from":"${from.name}","to":"${to.name}"`),
    carried: (from, to, bytes) =>
      trace.add(
        'data',
        `"connection":${from.connection},"from":"${from.host.name}","to":"${to.host.name}","bytes":${bytes.byteLength},"crc":${crc32(bytes)}`,
      ),
    ended: (how, from, to) =>
      trace.add(how, `"connection":${from.connection},"from":"${from.host.name}","to":"${to.host.name}"`),
  }
}
