/** Time for people: `3.1 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  const whole = Math.round(seconds)
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** How long something took, in the simulated network where it was simulated: `12.4 s virtual, 3.1 s`. */
export function times(virtualMs: number | null, realMs: number): string {
  return virtualMs === null ? duration(realMs) : `${duration(virtualMs)} virtual, ${duration(realMs)}`
}
