import { suite, type Test } from 'uvu'

/** Something a suite needs that a fresh machine may lack. */
export interface Need {
  /** As it is named when the suite is skipped: `chromium`. */
  readonly name: string
  /** Whether it is here; null or an empty string is absent. */
  readonly found: () => unknown
}

/** A suite of facts about one thing. Where a need is absent it is skipped by name, or fails when HOPLAB_NO_SKIP is set. */
export function describe(name: string, body: (test: Test) => void, needs: readonly Need[] = []): void {
  const test = suite(name)
  const absent = needs.filter((need) => !need.found()).map((need) => need.name)
  if (absent.length > 0 && process.env.HOPLAB_NO_SKIP) {
    test(`finds ${absent.join(' and ')}`, () => {
      throw new Error(`${name} needs ${absent.join(' and ')}, and HOPLAB_NO_SKIP is set`)
    })
  } else if (absent.length > 0) {
    process.send?.({ skipped: name, absent })
  } else {
    body(test)
  }
  test.run()
}
