/** Time for people: `3.1 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
