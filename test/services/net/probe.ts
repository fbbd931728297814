// Holds a network namespace, in which it is started, and sends and receives there what it is told by messages.
import { createSocket, type Socket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const port = 9000
const payloadBytes = 32
let received: number[] = []

const bound = (onMessage: (socket: Socket, message: Buffer, from: { address: string; port: number }) => void) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 })
    socket.on('error', reject)
    socket.on('message', (message, from) => onMessage(socket, message, from))
    socket.bind(port, '0.0.0.0', () => resolve(socket))
  })

/** Lengths differ, since those of the kernel's messages do, and only some are whole words. */
const numbered = (index: number): Buffer => {
  const message = Buffer.alloc(payloadBytes + (index % 7), 0xa5)
  message.writeUInt32BE(index)
  return message
}

/** Sends back what comes over UDP. */
async function echo(): Promise<null> {
  await bound((socket, message, from) => socket.send(message, from.port, from.address))
  return null
}

/** Begins to note the numbers of datagrams. */
async function collect(): Promise<null> {
  await bound((_, message) => received.push(message.readUInt32BE()))
  return null
}

function collected(): readonly number[] {
  const given = received
  received = []
  return given
}

/** Sends numbered datagrams, a few each millisecond. */
async function send({ to, count }: { to: string; count: number }): Promise<null> {
  const socket = createSocket('udp4')
  for (let index = 0; index < count; index++) {
    await new Promise((resolve) => socket.send(numbered(index), port, to, resolve))
    if (index % 4 === 3) await sleep(1)
  }
  socket.close()
  return null
}

/** Round trips over UDP, one after the other, ms; those that took over 2 s are left out. */
async function roundTrips({ to, count }: { to: string; count: number }): Promise<readonly number[]> {
  const socket = createSocket('udp4')
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const began = performance.now()
    const back = new Promise<true>((resolve) => {
      socket.on('message', (message) => message.readUInt32BE() === index && resolve(true))
    })
    socket.send(numbered(index), port, to)
    if (await Promise.race([back, sleep(2000)])) times.push(performance.now() - began)
    socket.removeAllListeners('message')
  }
  socket.close()
  return times
}

/** Time until each address refuses a TCP connection, which is a round trip; one after the other they begin, a millisecond apart. ms. */
async function refusals({ of }: { of: readonly string[] }): Promise<readonly number[]> {
  const times: Promise<number>[] = []
  for (const address of of) {
    times.push(refusal(address))
    await sleep(1)
  }
  return Promise.all(times)
}

function refusal(address: string): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const socket = connect(port, address)
    socket.on('connect', () => reject(new Error(`${address} takes connections`)))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve(performance.now() - began) : reject(error),
    )
  })
}

/** Takes TCP connections and tells each, at its end, how many bit/s came from the first to the last byte. */
function sink(): Promise<null> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let [bytes, first, last] = [0, 0, 0]
    socket.on('data', (chunk) => {
      last = performance.now()
      if (first === 0) first = last
      else bytes += chunk.length
    })
    socket.on('end', () => socket.end(String((bytes * 8000) / (last - first))))
  })
  return new Promise((resolve) => server.listen(port, '0.0.0.0', () => resolve(null)))
}

/** Sends over TCP as much as goes in a time, and gives what the sink says. bit/s. */
function throughput({ to, ms }: { to: string; ms: number }): Promise<number> {
  const socket = connect(port, to)
  const chunk = Buffer.alloc(256 * 1024)
  const ends = performance.now() + ms
  const more = (): void => {
    while (performance.now() < ends) if (!socket.write(chunk)) return
    socket.end()
  }
  socket.on('connect', more).on('drain', more)
  let said = ''
  socket.on('data', (text) => {
    said += text
  })
  return new Promise((resolve, reject) => socket.on('error', reject).on('close', () => resolve(Number(said))))
}

const abilities = { echo, collect, collected, send, roundTrips, refusals, sink, throughput }

export type Abilities = typeof abilities

process.on('message', async ({ id, name, given }: { id: number; name: keyof Abilities; given: never }) => {
  try {
    process.send?.({ id, value: await abilities[name](given) })
  } catch (error) {
    process.send?.({ id, error: String(error) })
  }
})
process.on('disconnect', () => process.exit())
process.send?.({ id: 0, value: null })
