/** The signal that a notebook's kernel aborts when the running cell is interrupted; none outside a notebook. */
export function cellSignal(): AbortSignal | undefined {
  const given = (globalThis as Record<symbol, unknown>)[Symbol.for('hoplab.signal')]
  const signal = typeof given === 'function' ? given() : undefined
  return signal instanceof AbortSignal ? signal : undefined
}
