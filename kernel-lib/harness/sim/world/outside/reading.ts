import type { Holes } from './holes.ts'
import type { Call } from './replace.ts'

/** A function or class that tells its use and then does what it always did. */
export function reading(call: Call, what: string, holes: Holes): Call {
  return new Proxy(call, {
    apply(target, self, values) {
      holes.found(what)
      return Reflect.apply(target, self, values)
    },
    construct(target, values, newTarget) {
      holes.found(what)
      return Reflect.construct(target, values, newTarget) as object
    },
  })
}
