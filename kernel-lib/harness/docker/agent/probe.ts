// A process that probes a link from inside a network namespace: echo ADDRESS | rtt ADDRESS PORT COUNT EVERY_MS PATIENCE_MS |
// sink ADDRESS PATIENCE_MS | flood ADDRESS PORT OFFERED_BPS FOR_MS. Listeners print their port; results are one line.
import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { datagramBytes, headerBytes } from './datagram.ts'

const [, , what = '', address = '', ...numbers] = process.argv
const [first = 0, second = 0, third = 0, fourth = 0] = numbers.map(Number)
const socket = createSocket('udp4')
socket.on('error', () => {})

if (what === 'echo') echo()
if (what === 'rtt') void roundTrips({ port: first, count: second, everyMs: third, patienceMs: fourth })
if (what === 'sink') sink(first)
if (what === 'flood') void flood({ port: first, offeredBps: second, forMs: third })

function listen(): void {
  socket.bind(0, address, () => console.log(socket.address().port))
}

function echo(): void {
  socket.on('message', (bytes, { address: to, port }) => socket.send(bytes, port, to))
  listen()
}

interface Trips {
  readonly port: number
  readonly count: number
  readonly everyMs: number
  readonly patienceMs: number
}

/** The first one finds the neighbour, and does not count. */
async function roundTrips({ port, count, everyMs, patienceMs }: Trips): Promise<void> {
  const sent = new Map<number, number>()
  const took: number[] = []
  let met = (): void => {}
  const acquainted = new Promise<void>((resolve) => {
    met = resolve
  })
  socket.on('message', (bytes) => {
    const number = bytes.readUInt32BE()
    const began = sent.get(number)
    sent.delete(number)
    if (began === undefined) return
    if (number > 0) took.push(performance.now() - began)
    if (number === 0) met()
    if (took.length === count) report()
  })
  function report(): void {
    const sorted = took.sort((a, b) => a - b)
    const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
    console.log(
      middle.reduce((sum, ms) => sum + ms / middle.length, 0),
      sorted.length,
    )
    process.exit(0)
  }
  function send(number: number): void {
    const bytes = Buffer.alloc(16)
    bytes.writeUInt32BE(number)
    sent.set(number, performance.now())
    socket.send(bytes, port, address, () => {})
  }
  send(0)
  await Promise.race([acquainted, sleep(patienceMs)])
  for (let number = 1; number <= count; number += 1) {
    send(number)
    await sleep(everyMs)
  }
  await sleep(patienceMs)
  report()
}

const quietMs = 250

/** Counts until nothing has come for a while. */
function sink(patienceMs: number): void {
  let bytes = 0
  let beganMs = 0
  let lastMs = 0
  const end = (): void => {
    console.log(lastMs > beganMs ? (bytes * 8 * 1000) / (lastMs - beganMs) : 0)
    process.exit(0)
  }
  let quiet = setTimeout(end, patienceMs * 4)
  socket.on('message', ({ length }) => {
    lastMs = performance.now()
    if (beganMs === 0) beganMs = lastMs
    else bytes += length + headerBytes
    clearTimeout(quiet)
    quiet = setTimeout(end, Math.max(quietMs, patienceMs / 2))
  })
  listen()
}

interface Flood {
  readonly port: number
  readonly offeredBps: number
  readonly forMs: number
}

async function flood({ port, offeredBps, forMs }: Flood): Promise<void> {
  const bytes = Buffer.alloc(datagramBytes(offeredBps))
  const bits = (bytes.length + headerBytes) * 8
  const began = performance.now()
  let sent = 0
  for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - began) {
    for (; sent * bits * 1000 < offeredBps * elapsed; sent += 1) socket.send(bytes, port, address, () => {})
    await sleep(2)
  }
}
