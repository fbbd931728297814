/** A weak reference that holds: whether its target is gone is the garbage collector's doing. */
class HoldingRef<T extends WeakKey> {
  readonly #target: T

  constructor(target: T) {
    if ((typeof target !== 'object' || target === null) && typeof target !== 'function' && typeof target !== 'symbol')
      throw new TypeError('WeakRef: target must be an object')
    this.#target = target
  }

  deref(): T {
    return this.#target
  }

  get [Symbol.toStringTag](): string {
    return 'WeakRef'
  }
}

/** A registry that never calls: JavaScript promises no call, and when one came is the garbage collector's doing. */
class SilentRegistry {
  register(): void {}

  unregister(): boolean {
    return false
  }

  get [Symbol.toStringTag](): string {
    return 'FinalizationRegistry'
  }
}

/** Takes away what tells a program when memory is collected, which the size of the machine decides. */
export function replaceCollected(): void {
  Object.assign(globalThis, { WeakRef: HoldingRef, FinalizationRegistry: SilentRegistry })
  Object.defineProperty(HoldingRef, 'name', { value: 'WeakRef' })
  Object.defineProperty(SilentRegistry, 'name', { value: 'FinalizationRegistry' })
}
