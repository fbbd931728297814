/** Calls `act` for a key, and once more after it for all calls that came meanwhile. What `act` rejects with is passed over. */
export function once(act: (key: string) => Promise<void>): (key: string) => void {
  const again = new Map<string, boolean>()
  return function begin(key) {
    if (again.has(key)) {
      again.set(key, true)
      return
    }
    again.set(key, false)
    act(key)
      .catch(() => {})
      .finally(() => {
        const repeat = again.get(key)
        again.delete(key)
        if (repeat) begin(key)
      })
  }
}
