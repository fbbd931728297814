import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Namespace } from './command.ts'
import type { Link } from './link.ts'
import type { Calls } from './protocol.ts'

interface End {
  readonly namespace: Namespace
  readonly link: Link
}

/** Both ends of a probe. */
export interface Ends {
  readonly from: End
  readonly to: End
}

/** The median of round trips between two namespaces, ms; null where none came back. */
export async function measureRtt(
  { from, to }: Ends,
  { count, everyMs, patienceMs }: Calls['rtt']['ask'],
): Promise<Calls['rtt']['answer']> {
  const echo = probe(to, ['echo', to.link.address])
  try {
    const [port = ''] = await firstLine(echo)
    const asking = probe(from, ['rtt', to.link.address, port, count, everyMs, patienceMs])
    const [medianMs = '', came = ''] = await firstLine(asking)
    return Number(came) === 0 ? null : { medianMs: Number(medianMs), count: Number(came) }
  } finally {
    echo.kill()
  }
}

/** What of a flood of datagrams comes through, bit/s on the wire; returns when nothing of it is under way any more. */
export async function measureThroughput(
  { from, to }: Ends,
  { offeredBps, forMs, patienceMs }: Calls['throughput']['ask'],
): Promise<number> {
  const sink = probe(to, ['sink', to.link.address, patienceMs])
  const lines = linesOf(sink)
  try {
    const [port = ''] = await next(lines)
    const flood = probe(from, ['flood', to.link.address, port, offeredBps, forMs])
    const [bps = '0'] = await next(lines)
    flood.kill()
    return Number(bps)
  } finally {
    sink.kill()
  }
}

function probe({ namespace }: End, words: readonly (string | number)[]): ChildProcess {
  const [program = '', ...args] = [...namespace.enter, process.execPath, probeFile(), ...words.map(String)]
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
}

function probeFile(): string {
  return fileURLToPath(new URL('./probe.js', import.meta.url))
}

type Lines = AsyncIterator<string>

function linesOf(child: ChildProcess): Lines {
  if (child.stdout === null) throw new Error('a probe without output')
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]()
}

/** Words of the next line that a probe prints; none where it ends first. */
async function next(lines: Lines): Promise<readonly string[]> {
  const { value, done } = await lines.next()
  return done ? [] : value.split(' ')
}

function firstLine(child: ChildProcess): Promise<readonly string[]> {
  return next(linesOf(child))
}
