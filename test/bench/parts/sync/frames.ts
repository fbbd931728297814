const endOfHead = '\r\n\r\n'
const nothing: Buffer = Buffer.alloc(0)
const final = 0x80
const text = 0x01
const continuation = 0x00
const masked = 0x80
const with16Bits = 126
const with64Bits = 127

/** A WebSocket frame of a client with a text of at most 65,535 bytes. Its mask is zero, so that masking costs nothing. */
export function clientFrame(message: string): Buffer {
  const length = Buffer.byteLength(message)
  const before = length < with16Bits ? 2 : 4
  const frame = Buffer.alloc(before + 4 + length)
  frame[0] = final | text
  frame[1] = masked | (length < with16Bits ? length : with16Bits)
  if (length >= with16Bits) frame.writeUInt16BE(length, 2)
  frame.write(message, before + 4)
  return frame
}

interface Listener {
  /** The service agreed to speak WebSocket. */
  onOpen(): void
  /** A text; valid until the callback returns. */
  onMessage(message: Buffer): void
}

/** Reads what a service sends, from chunks that are valid until the call returns: the head of its HTTP answer, then texts, whole or in fragments. Throws where it sends anything else. */
export function messageReader({ onOpen, onMessage }: Listener): (chunk: Buffer) => void {
  let rest = nothing
  let open = false

  function head(data: Buffer): Buffer {
    const end = data.indexOf(endOfHead)
    if (end === -1) return data
    const answer = data.toString('latin1', 0, end)
    if (!answer.startsWith('HTTP/1.1 101')) throw new Error(`the service answered ${answer}`)
    open = true
    onOpen()
    return data.subarray(end + endOfHead.length)
  }

  return (chunk) => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (!open) data = head(data)
    let at = 0
    while (open) {
      const found = messageAt(data, at)
      if (found === null) break
      at = found.end
      onMessage(found.message)
    }
    rest = at === data.length ? nothing : Buffer.from(data.subarray(at))
  }
}

interface Found {
  readonly message: Buffer
  readonly end: number
}

function messageAt(data: Buffer, begin: number): Found | null {
  let message = nothing
  let at = begin
  for (let wanted = text; ; wanted = continuation) {
    const size = frameSize(data, at)
    if (size === null || at + size.head + size.body > data.length) return null
    const first = data[at] ?? 0
    if ((first & ~final) !== wanted) throw new Error(`a frame begins with ${first}, where a text was due`)
    const body = data.subarray(at + size.head, at + size.head + size.body)
    if (body.length > 0) message = message.length === 0 ? body : Buffer.concat([message, body])
    at += size.head + size.body
    if ((first & final) !== 0) return { message, end: at }
  }
}

function frameSize(data: Buffer, at: number): { readonly head: number; readonly body: number } | null {
  if (data.length < at + 2) return null
  const short = data[at + 1] ?? 0
  if (short < with16Bits) return { head: 2, body: short }
  const head = short === with64Bits ? 10 : 4
  if (data.length < at + head) return null
  return { head, body: short === with64Bits ? Number(data.readBigUInt64BE(at + 2)) : data.readUInt16BE(at + 2) }
}
