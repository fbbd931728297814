/** The machine's own time, timers and output, as they were before virtual time took their place. */
export const real = {
  setImmediate: globalThis.setImmediate,
  Date: globalThis.Date,
  now: performance.now.bind(performance),
}
