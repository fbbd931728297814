import { bucketsOf, drawFrom, halves, type Random, type Range, type SortedKeys, type TableModel } from '@hoplab/sdk'

/**
 * Buckets that are balanced as their peers arrive, in random order: once a bucket is full, a newcomer whose sub-prefix (the first
 * ⌈log2 bucketSize⌉ bits after those that the bucket shares) nobody in it has replaces the newest peer whose sub-prefix is there twice.
 * The rule as RFM19.1's text tells it, which a node could follow; `balancedTable` is more even.
 */
export const replacingTable: TableModel = ({ keys, key }, random, { bucketSize }) => {
  const ranks: number[] = []
  const bits = Math.ceil(Math.log2(bucketSize))
  for (const [shared, bucket] of bucketsOf(keys, key).entries()) {
    const start = ranks.length
    drawFrom(bucket, bucketSize, { random, ranks })
    if (bucket.to - bucket.from <= bucketSize || bits === 0) continue
    const held = random.shuffle(ranks.splice(start))
    replaceTwins(held, { keys, bucket, firstBit: shared + 1, bits }, random)
    for (const rank of held) ranks.push(rank)
  }
  return new Uint32Array(ranks)
}

/** A bucket and where the sub-prefixes of its peers lie. */
interface Divided {
  readonly keys: SortedKeys
  readonly bucket: Range
  readonly firstBit: number
  readonly bits: number
}

/** Lets newcomers in until every sub-prefix is there, or none twice. Who is there, or has left, changes nothing when it comes again. */
function replaceTwins(held: number[], divided: Divided, random: Random): void {
  const { keys, bucket, firstBit, bits } = divided
  const counts = new Uint32Array(2 ** bits)
  const parts = held.map((rank) => partOf(divided, rank))
  for (const part of parts) counts[part] = (counts[part] as number) + 1
  const present = new Set(parts).size
  let absent = countParts(keys, bucket, firstBit + bits) - present
  let twins = held.length - present
  while (absent > 0 && twins > 0) {
    const newcomer = bucket.from + random.integer(bucket.to - bucket.from)
    const part = partOf(divided, newcomer)
    if ((counts[part] as number) > 0) continue
    let place = held.length - 1
    while ((counts[parts[place] as number] as number) < 2) place--
    const left = parts[place] as number
    counts[left] = (counts[left] as number) - 1
    counts[part] = 1
    held.splice(place, 1)
    parts.splice(place, 1)
    held.push(newcomer)
    parts.push(part)
    absent--
    twins--
  }
}

/** Sub-prefixes that occur in a range: parts into which the bits before `end` divide it. */
function countParts(keys: SortedKeys, range: Range, end: number): number {
  if (range.node === 0 || (keys.tree.bits[range.node] as number) >= end) return 1
  const [zeros, ones] = halves(keys, range)
  return countParts(keys, zeros, end) + countParts(keys, ones, end)
}

/** The sub-prefix of a rank as a number. */
function partOf({ keys: { size, words }, firstBit, bits }: Divided, rank: number): number {
  const [word, offset] = [firstBit >>> 5, firstBit & 31]
  const high = (words[word * size + rank] as number) << offset
  const low = offset === 0 ? 0 : (words[(word + 1) * size + rank] ?? 0) >>> (32 - offset)
  return (high | low) >>> (32 - bits)
}
