// time limit: 120 s
import * as assert from 'uvu/assert'
import type { RunEvent } from '../../../kernel-lib/run/observer.ts'
import { run } from '../../../kernel-lib/run/run.ts'
import { describe } from '../../suite.ts'
import { experimentOf, freshRuns } from './experiment-of.ts'

describe("a plan on Testground's own JavaScript SDK", (test) => {
  test('runs unmodified, and each instance is told apart by its door', async () => {
    const messages: string[] = []
    const observer = (event: RunEvent): void => {
      if (event.kind === 'plan' && event.event.message_event) messages.push(String(event.event.message_event.message))
    }
    const groups = [
      { id: 'glad', count: 2, params: { size: 9 } },
      { id: 'sad', count: 1 },
    ]
    const experiment = await experimentOf({ plan: 'testground', case: 'meet', timeoutSecs: 40, groups })
    const record = await run(experiment, { runsFolder: freshRuns(), observers: [observer], strict: true })
    assert.equal(
      record.instances.map(({ group, index, outcome }) => `${group}/${index} ${outcome}`),
      ['glad/0 success', 'glad/1 success', 'sad/0 failure'],
    )
    assert.equal(
      record.instances.map(({ spoke }) => spoke[0]),
      ['sync', 'sync', 'sync'],
    )
    assert.match(record.instances[2]?.reason ?? '', 'cannot go on')
    assert.ok(
      messages.some((message) => message.startsWith('saw 3 in 127.1.0.0/16 with 9')),
      messages.join('\n'),
    )
  })

  test('is no success where its SDK passed over a barrier that was given up', async () => {
    const experiment = await experimentOf({
      plan: 'testground',
      case: 'gate',
      timeoutSecs: 4,
      groups: [{ id: 'all', count: 1 }],
    })
    const record = await run(experiment, { runsFolder: freshRuns() })
    assert.is(record.outcome, 'timeout')
    assert.match(record.instances[0]?.reason ?? '', /waiting for barrier "never" \(0 of 5 there/)
  })
})
