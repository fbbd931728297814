/**
 * Exact E[min(k, X)] of X binomial with `n` trials of chance `p`: Σ P(X > j) for j from 0 to k − 1, added up in logarithms so that
 * a network of any size neither overflows nor underflows. R1: the entries that a bucket of size k can be expected to hold.
 */
export function expectedMin(k: number, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0
  if (p >= 1) return Math.min(k, n)
  const odds = Math.log(p) - Math.log1p(-p)
  let logTerm = n * Math.log1p(-p)
  let below = 0
  let sum = 0
  for (let j = 0; j < Math.min(k, n); j++) {
    below += Math.exp(logTerm)
    sum += Math.max(0, 1 - below)
    logTerm += Math.log((n - j) / (j + 1)) + odds
  }
  return sum
}
