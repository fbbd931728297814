const finalText = 0x81
const with16Bits = 126
const with64Bits = 127

/** A WebSocket frame of a server that holds a whole text: one buffer, where `ws` writes a head and a text, which costs twice as much. */
export function textFrame(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const head = size < with16Bits ? 2 : size < 1 << 16 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + size)
  frame[0] = finalText
  if (head === 2) frame[1] = size
  else if (head === 4) {
    frame[1] = with16Bits
    frame.writeUInt16BE(size, 2)
  } else {
    frame[1] = with64Bits
    frame.writeBigUInt64BE(BigInt(size), 2)
  }
  frame.write(text, head)
  return frame
}
