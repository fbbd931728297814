import * as assert from 'uvu/assert'
import type { RunEvent } from '../../../kernel-lib/sync/events.ts'
import { type SyncService, startSync } from '../../../kernel-lib/sync/start.ts'
import { type Who, whoText } from '../../../kernel-lib/sync/who.ts'
import { describe } from '../../suite.ts'
import { foreignInstances as instances, startForeign as start } from './foreign.ts'

function service(testCase: string, barrierTimeoutMs: number): { sync: SyncService; told: [string, RunEvent][] } {
  const sync = startSync({ run: 'cb67fo7semvi2emk8gog', plan: 'p', case: testCase, instances, barrierTimeoutMs })
  const told: [string, RunEvent][] = []
  sync.onEvent((who, event) => told.push([who === null ? '' : whoText(who), event]))
  return { sync, told }
}

describe('@testground/sdk 0.1.2, unmodified', (test) => {
  test('instances signal, meet, publish and subscribe, and each outcome is told of its own instance', async () => {
    const { sync, told } = service('meet', 60_000)
    const ended = await Promise.all(instances.map((who) => start(sync, who, 'meet')))
    for (const { code, err } of ended) assert.is(code, 0, err)
    const orders = ended.map(({ messages }) => messages.at(-1) as string)
    assert.is(new Set(orders).size, 1, 'everybody saw the same order')
    assert.match(orders[0] as string, /^saw [123] [123] [123] with 8$/)
    const outcomes = told
      .filter(([, event]) => 'success_event' in event || 'failure_event' in event)
      .map(([who, event]) => `${who} ${Object.keys(event)[0]}`)
    assert.equal(outcomes.sort(), ['glad/0 success_event', 'glad/1 success_event', 'sad/0 failure_event'])
    const failure = told.find(([, event]) => 'failure_event' in event)?.[1]
    assert.equal(failure, { failure_event: { group: 'sad', error: 'Error: cannot go on' } })
    const kinds = told.filter(([who]) => who === 'glad/0').map(([, event]) => Object.keys(event)[0])
    assert.equal(kinds.slice(0, 3), ['start_event', 'stage_start_event', 'stage_end_event'])
    await sync.close()
  })

  test('a barrier that gave up is remembered, because the package passes over the error', async () => {
    const { sync, told } = service('gate', 200)
    const { code } = await start(sync, instances[1] as Who, 'gate')
    assert.is(code, 0)
    assert.equal(
      told.map(([, event]) => Object.keys(event)[0]),
      ['start_event', 'success_event'],
    )
    assert.equal(
      sync.givenUp().map(({ who, state, count, target }) => [who?.index, state, count, target]),
      [[1, 'never', 0, 5]],
    )
    await sync.close()
  })
})
