import * as assert from 'uvu/assert'
import { dialableRecall } from '../../../kernel-lib/stats/lookups/accuracy.ts'
import { failedDials } from '../../../kernel-lib/stats/lookups/failed-dials.ts'
import { failureReasons } from '../../../kernel-lib/stats/lookups/failure-reasons.ts'
import { trace } from '../../../kernel-lib/stats/lookups/traced.ts'
import { answerAgainstShare } from '../../../kernel-lib/stats/shares/answer.ts'
import { describe } from '../../suite.ts'
import { build, key } from './build.ts'

const dial = (peer: string, atMs: number) => ({ event: 'dial', peer, ts_ms: atMs })
const end = (peer: string, atMs: number, cause: string) => ({ event: 'dial-failed', peer, ts_ms: atMs, cause })

describe('failed dials', (test) => {
  test('that overlap are counted once in the time, and those that we cancelled not at all', () => {
    const events = [
      dial('a', 0),
      dial('b', 1000),
      end('a', 5000, 'timeout'),
      end('b', 6000, 'timeout'),
      dial('c', 7000),
      end('c', 7500, 'refused'),
      dial('d', 7000),
      end('d', 9000, 'cancelled'),
    ]
    const taken = trace(build({ lookups: [{ end_ms: 10_000 }], events }))
    const { count, time, timeShare } = failedDials(taken)
    assert.equal([count.mean, time.mean, timeShare], [3, 6500, 0.65])
  })

  test('of a lookup that dialed nobody are none, and it counts', () => {
    const { count, time } = failedDials(trace(build({ lookups: [{}, {}] })))
    assert.equal([count.n, count.mean, time.mean], [2, 0, 0])
  })
})

describe('why lookups fail', (test) => {
  test('is counted by reason, most frequent first; successes have none', () => {
    const failed = (error: string) => ({ status: 'failed', error })
    const lookups = [{}, failed('nothing found'), failed('the asking node crashed'), failed('nothing found')]
    assert.equal(Object.entries(failureReasons(trace(build({ lookups })))), [
      ['nothing found', 2],
      ['the asking node crashed', 1],
    ])
  })
})

describe('recall of those that can be dialed', (test) => {
  const nodes = [
    { peer: 'near', key: key('0001'), dialable: true, instance: 1 },
    { peer: 'hidden', key: key('001'), dialable: false, instance: 2 },
    { peer: 'next', key: key('01'), dialable: true, instance: 3 },
    { peer: 'far', key: key('1'), dialable: true, instance: 4 },
    { peer: 'asks', key: key('11'), dialable: true, instance: 0 },
  ]
  const walk = (closest: readonly string[]) => ({ kind: 'get-closest-peers', k: 2, closest, found: closest.length })
  const recallOf = (closest: readonly string[], k = 2) => {
    const data = build({ case: 'get-closest-peers', nodes, lookups: [{ ...walk(closest), k }] })
    return dialableRecall(data, trace(data)).mean
  }

  test('asks nothing of a lookup about a peer behind a router', () => {
    assert.is(recallOf(['near', 'next']), 1)
    assert.is(recallOf(['near', 'hidden']), 1)
    assert.is(recallOf(['next', 'far']), 0)
    assert.is(recallOf(['near', 'far', 'hidden'], 3), 0.5)
  })
})

describe('the answer against a share', (test) => {
  test('tells both ends with intervals, n and what failed', () => {
    const at = (share: number, endMs: number) => ({
      share,
      data: build({ lookups: [{ end_ms: endMs }, { end_ms: endMs + 100 }, { end_ms: endMs + 50 }] }),
    })
    const { text, unknown } = answerAgainstShare([at(0.8, 5000), at(0, 400)], 'behind routers')
    assert.is(unknown, false)
    assert.match(text, /^With 80 % of the nodes behind routers a lookup takes 5\.05 s \(95 % [^)]+\) at the median/)
    assert.match(text, /with none it takes 0\.45 s/)
    assert.match(text, /2 runs, 6 lookups, 0 failed\)\.$/)
  })

  test('tells how many succeed where failures hide a median, and is unknown where no lookup ended', () => {
    const lost = { share: 1, data: build({ lookups: [{ status: 'timeout' }, { status: 'timeout' }] }) }
    const text = answerAgainstShare([{ share: 0, data: build({ lookups: [{}] }) }, lost], 'behind routers')
    assert.is(text.unknown, false)
    assert.match(text.text, /^With 100 % .* takes an unknown time at the median, 0\.0 %.* succeed; .*2 failed/)
    const none = answerAgainstShare(
      [
        { share: 0, data: build({ lookups: [{}] }) },
        { share: 1, data: build({}) },
      ],
      'lost',
    )
    assert.is(none.unknown, true)
    assert.match(none.text, /^Unknown: .*1 lookups/)
  })
})
