/** Letters to insert, delete, replace or swap with a neighbour to get from one word to the other. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : replaced
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped))
    }
  }
  return at(a.length, b.length)
}

/** The word that was probably meant: at most a third of its letters differ, or it is the beginning of what was written (`total` for `total_instances`). Null where none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  const near = words
    .map((other) => ({ other, steps: distance(word.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, steps }) => steps <= Math.floor(Math.max(word.length, other.length) / 3))
    .sort((a, b) => a.steps - b.steps)
  return near[0]?.other ?? words.find((other) => word.startsWith(`${other}_`)) ?? null
}

/** The end of a refusal: `did you mean alpha? find-peers takes alpha, beta`. */
export function suggest(word: string, words: readonly string[], takes: string): string {
  const meant = nearest(word, words)
  const list = words.length === 0 ? `${takes} none` : `${takes} ${words.join(', ')}`
  return meant === null ? list : `did you mean ${meant}? ${list}`
}
