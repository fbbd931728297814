/**
 * Bits of a key that one hop gains on average in a network of full Kademlia tables: peers of a bucket share the bit at which its owner leaves the key (1), and the nearest of
 * the `bucketSize` random ones shares E[max] more, where each shares i bits with probability 2^−i: Σ 1 − (1 − 2^−i)^bucketSize ≈ log2(bucketSize) + 0.33. A lookup
 * that takes the nearest peer of each table then takes log2(nodes) ÷ this many hops. Source: Maymounkov and Mazières 2002, section 3, counted for one peer at a time.
 *
 * @throws RangeError for a size that is no whole number of 1 or more.
 */
export function bitsPerHop(bucketSize: number): number {
  if (!Number.isInteger(bucketSize) || bucketSize < 1)
    throw new RangeError(`bitsPerHop: bucketSize ${bucketSize}: write a whole number of 1 or more`)
  let shared = 0
  for (let bit = 1; bit <= 256; bit++) shared += 1 - (1 - 2 ** -bit) ** bucketSize
  return 1 + shared
}
