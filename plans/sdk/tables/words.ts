/** Words of 32 bits in a key of 256, and its bytes. */
export const keyWords = 8
export const keyBytes = keyWords * 4
/** The most keys whose first word and place fit one double together. */
export const mostPeers = 2 ** 21

/** A key of 32 bytes as the eight words that lookups compare. */
export function wordsOf(key: Uint8Array): Uint32Array {
  const view = new DataView(key.buffer, key.byteOffset, keyBytes)
  return Uint32Array.from({ length: keyWords }, (_, w) => view.getUint32(w * 4))
}

/** Words of keys, column by column: word w of the i-th of `order`, places of the keys, at `w * size + i`. */
export function orderedWords(bytes: Uint8Array, order: Uint32Array): Uint32Array {
  const size = order.length
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = new Uint32Array(size * keyWords)
  for (let w = 0; w < keyWords; w++)
    for (let i = 0; i < size; i++) words[w * size + i] = view.getUint32((order[i] as number) * keyBytes + w * 4)
  return words
}

/** Places of keys, 32 bytes each, in rising order: sorted as doubles by first word, then the few with equal first words by the rest. */
export function risingOrder(bytes: Uint8Array): Uint32Array {
  const size = bytes.length / keyBytes
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sorted = new Float64Array(size)
  for (let i = 0; i < size; i++) sorted[i] = view.getUint32(i * keyBytes) * mostPeers + i
  sorted.sort()
  const order = Uint32Array.from(sorted, (each) => each % mostPeers)
  for (let i = 1; i < size; i++)
    for (let j = i; j > 0 && !rises(view, order[j - 1] as number, order[j] as number); j--) {
      const larger = order[j - 1] as number
      order[j - 1] = order[j] as number
      order[j] = larger
    }
  return order
}

function rises(view: DataView, a: number, b: number): boolean {
  for (let w = 0; w < keyWords; w++) {
    const [x, y] = [view.getUint32(a * keyBytes + w * 4), view.getUint32(b * keyBytes + w * 4)]
    if (x !== y) return x < y
  }
  throw new RangeError(`keys ${Math.min(a, b)} and ${Math.max(a, b)} are equal: keys of a population differ`)
}
