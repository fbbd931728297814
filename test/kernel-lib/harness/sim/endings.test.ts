import * as assert from 'uvu/assert'
import { simHarness } from '../../../../kernel-lib/harness/sim/sim.ts'
import { describe } from '../../../suite.ts'
import { type Simulated, simulate, type Wanted } from './simulated.ts'

/** One group of one instance for each way to end. */
function endingAs(hows: readonly string[], wanted: Wanted = {}): Promise<Simulated> {
  return simulate('end', { ...wanted, groups: hows.map((how) => ({ id: how, count: 1, params: { how } })) })
}

const outcomes = ({ record }: Simulated): readonly string[] => record.instances.map(({ outcome }) => outcome)
const reasonOf = ({ record }: Simulated, at: number): string => record.instances[at]?.reason ?? ''
const virtualMs = ({ record }: Simulated): number => (record.placement as { virtualMs: number }).virtualMs

describe('instances of a simulation', (test) => {
  test('that wait for ever, or never come to rest, end at the time-out, which takes no time', async () => {
    const ran = await endingAs(['success', 'barrier', 'nothing', 'timers'], { timeoutSecs: 36_000 })
    assert.equal(outcomes(ran), ['success', 'timeout', 'timeout', 'timeout'])
    assert.is(virtualMs(ran), 36_000_000)
    assert.match(
      reasonOf(ran, 1),
      /waiting for barrier "all" \(1 of 4 there; missing success\/0, nothing\/0, timers\/0\)/,
    )
  })

  test('are told at once that a barrier cannot be met when another fails, and one that needs say nothing says nothing', async () => {
    const ran = await endingAs(['failure', 'barrier', 'quiet'])
    assert.equal(outcomes(ran), ['failure', 'failure', 'success'])
    assert.match(reasonOf(ran, 0), /could not do it/)
    assert.match(
      reasonOf(ran, 1),
      /barrier "all" \(1 of 3 there; .*failure\/0 ended with a failure\): can no longer be met/,
    )
    assert.is(virtualMs(ran), 1000)
  })

  test('all crash with the process but those that had ended', async () => {
    for (const [how, text] of [
      ['crash', 'nobody caught this'],
      ['rejection', 'nobody awaits this'],
    ] as const) {
      const ran = await endingAs(['success', 'failure', how, 'timers', 'nothing'])
      assert.equal(outcomes(ran), ['success', 'failure', 'crash', 'crash', 'crash'])
      for (const at of [2, 3, 4]) assert.match(reasonOf(ran, at), text)
      assert.is(virtualMs(ran), how === 'crash' ? 2005 : 2000)
    }
  })

  test('are judged by the exit of a process that leaves of itself', async () => {
    const quietly = await endingAs(['success', 'exit'])
    assert.equal(outcomes(quietly), ['success', 'unknown'])
    const loudly = await endingAs(['success', 'exit-7', 'nothing'])
    assert.equal(outcomes(loudly), ['success', 'crash', 'crash'])
    assert.match(reasonOf(loudly, 1), /exit code 7/)
  })
})

describe('a simulation whose time stands still', (test) => {
  test('is ended when nothing has been heard of it for long', async () => {
    const hows = ['loop', 'microtasks', 'outside']
    const harness = simHarness({ standstillMs: 4000 })
    for (const ran of await Promise.all(hows.map((how) => endingAs([how], { harness })))) {
      assert.equal(outcomes(ran), ['timeout'])
      assert.match(reasonOf(ran, 0), /waiting for simulated time to pass, which has stood for 4 s/)
    }
  })
})
