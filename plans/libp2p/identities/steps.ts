import { keyOfPublicKey, publicKeyOf } from './derive.ts'
import { type Share, stepSize } from './share.ts'

/** Derives step after step until all positions are taken, and tells how many it derived in each. */
export function deriveSteps({ seed, size, ...share }: Share, told: (count: number) => void): void {
  const keys = new Uint8Array(share.keys)
  const publicKeys = new Uint8Array(share.publicKeys)
  const taken = new Int32Array(share.taken)
  const take = (): number => Atomics.add(taken, 0, stepSize)
  for (let from = take(); from < size; from = take()) {
    const to = Math.min(size, from + stepSize)
    for (let place = from; place < to; place++) {
      const publicKey = publicKeyOf(seed, place + 1)
      publicKeys.set(publicKey, place * 32)
      keys.set(keyOfPublicKey(publicKey), place * 32)
    }
    told(to - from)
  }
}
