/** A function as it is found on a module or a global. */
export type Call = (this: unknown, ...values: unknown[]) => unknown

/** Puts what `made` makes of a function in its place, with what hangs on the function, as `exec`'s promise form; nothing where there is none of this name, as in another version of Node. */
export function replace(owner: object, name: string, made: (call: Call) => Call): void {
  const call = (owner as Record<string, unknown>)[name]
  if (typeof call !== 'function') return
  const replaced = made(call as Call)
  for (const key of Reflect.ownKeys(call))
    if (!Reflect.has(replaced, key))
      Object.defineProperty(replaced, key, Object.getOwnPropertyDescriptor(call, key) as PropertyDescriptor)
  Object.defineProperty(owner, name, { value: replaced, configurable: true, writable: true, enumerable: true })
}
