// time limit: 300 s
import * as assert from 'uvu/assert'
import { epochMs } from '../../../../kernel-lib/harness/sim/world/time/epoch.ts'
import type { Asked } from '../../../fixtures/plans/peopled/ask.ts'
import { describe } from '../../../suite.ts'
import { type Peopled, type PeopledWish, simulatePeople } from './peopled.ts'

const everyone = [{ id: 'open', share: 1 }]
const ask = (order: string, wish: Partial<PeopledWish> = {}) =>
  simulatePeople({ testCase: 'ask', groups: everyone, ...wish, params: { order, ...wish.params } })
const how = (asked: readonly Asked[]): readonly string[] => asked.map((one) => one.how)
const made = (asked: readonly Asked[]) => asked.map(({ answer }) => answer?.made)

describe('a population', (test) => {
  test('has each node made once, by the first that dials it, in no virtual time', async () => {
    const { asked, events, record } = await ask('2 700 2 1000 700', { network: { latencyMs: 40 } })
    assert.is(record.outcome, 'success', JSON.stringify(record.instances))
    assert.equal(record.placement?.holes, [])
    assert.equal(
      asked.map(({ how, dialMs, answer }) => [how, dialMs, answer?.group, answer?.index, answer?.made]),
      [
        ['answered', 80, 'open', 0, 1],
        ['answered', 80, 'open', 698, 1],
        ['answered', 80, 'open', 0, 1],
        ['answered', 80, 'open', 998, 1],
        ['answered', 80, 'open', 698, 1],
      ],
    )
    assert.equal(
      events.filter(({ event }) => event === 'made').map(({ by }) => by),
      ['open/0', 'open/698', 'open/998'],
    )
  })

  test('has a node made again after it left', async () => {
    const { asked, events } = await ask('5 5', { params: { stay_ms: 700, gap_ms: 1000 } })
    assert.equal(made(asked), [1, 2])
    assert.equal(
      events.filter(({ event }) => event === 'made' || event === 'left').map(({ event }) => event),
      ['made', 'left', 'made', 'left'],
    )
  })

  test('has no node leave while somebody is connected to it', async () => {
    const { asked, events } = await ask('5 5 5', { params: { stay_ms: 1500, gap_ms: 1000 } })
    assert.equal(made(asked), [1, 1, 1])
    assert.not.ok(events.some(({ event }) => event === 'left'))
  })

  test('draws the same for a node whoever was made before it', async () => {
    const [one, other] = await Promise.all([ask('7 8 9'), ask('9 300 7')])
    const drawOf = (asked: readonly Asked[], seq: number) => asked.find((each) => each.seq === seq)?.answer?.draw
    assert.type(drawOf(one.asked, 7), 'number')
    assert.is(drawOf(one.asked, 7), drawOf(other.asked, 7))
    assert.is(drawOf(one.asked, 9), drawOf(other.asked, 9))
    assert.is.not(drawOf(one.asked, 7), drawOf(one.asked, 9))
  })

  test('leaves the same trace twice, and another for another seed', async () => {
    const wish: Partial<PeopledWish> = {
      params: { stay_ms: 700, slow_ms: 30, dial_ms: 20_000 },
      network: { latencyMs: 20, jitterMs: 10, loss: 0.05 },
      groups: [{ id: 'open', share: 1, life: { sessionSecs: { distribution: 'exponential', mean: 5 }, downSecs: 2 } }],
    }
    const order = Array.from({ length: 60 }, (_, at) => 2 + ((at * 7) % 20)).join(' ')
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => ask(order, { ...wish, seed })))
    assert.ok((first?.events.length ?? 0) > 300)
    assert.ok(first?.events.some(({ event }) => event === 'crashed'))
    assert.is(again?.trace, first?.trace)
    assert.is(again?.identities, first?.identities)
    assert.is.not(other?.trace, first?.trace)
  })

  test('swallows dials to nodes behind routers, and refuses nobody else', async () => {
    const groups = [
      { id: 'open', share: 0.5 },
      { id: 'natted', share: 0.5, reach: { nat: 'single' as const } },
    ]
    const { asked, events } = await ask('3 900 4 999', { groups, total: 1001 })
    assert.equal(how(asked), ['answered', 'TimeoutError', 'answered', 'TimeoutError'])
    assert.is(events.filter(({ event }) => event === 'made').length, 2)
  })

  test('is as far away as its regions are', async () => {
    const regions = {
      names: ['eu', 'us'],
      latencyMs: [
        [5, 45],
        [50, 10],
      ],
    }
    const groups = [
      { id: 'near', count: 300, region: 'eu' },
      { id: 'far', count: 300, region: 'us' },
      { id: 'dealt', count: 300 },
    ]
    const order = [2, 302, ...Array.from({ length: 100 }, (_, at) => 602 + at)].join(' ')
    const { asked } = await ask(order, { groups, network: { regions }, total: 901, params: { gap_ms: 0 } })
    const times = asked.map(({ dialMs }) => Math.round(dialMs))
    const [own, other] = [times.includes(10) ? 10 : 20, 95]
    assert.equal(new Set(times.slice(0, 2)), new Set([own, other]))
    const farther = times.slice(2).filter((ms) => ms === other).length
    assert.ok(farther > 30 && farther < 70, `${farther} of 100`)
    assert.is(times.slice(2).filter((ms) => ms === own).length, 100 - farther)
  })

  test('loses its share in waves, and has it back, whether its nodes are made or not', async () => {
    const life = { crashShare: 0.25, crashEverySecs: 10, downSecs: 5 }
    const groups = [
      { id: 'still', count: 20_000 },
      { id: 'shaken', count: 20_000, life },
    ]
    const { seen, record } = await simulatePeople({
      testCase: 'count',
      groups,
      total: 40_001,
      params: { every_ms: 6000, counts: 4 },
    })
    assert.is(record.outcome, 'success', JSON.stringify(record.instances))
    const counts = seen.counts as readonly Readonly<Record<string, number>>[]
    const [before, after, back, again] = counts.map(({ shaken = 0 }) => shaken)
    assert.equal(
      counts.map(({ still }) => still),
      [20_000, 20_000, 20_000, 20_000],
    )
    assert.is(before, 20_000)
    assert.ok(Math.abs((after ?? 0) - 15_000) < 300, `${after}`)
    assert.is(back, 20_000)
    assert.ok(Math.abs((again ?? 0) - 15_000) < 300, `${again}`)
    assert.is(seen.beganMs, epochMs)
    assert.is(seen.identities, 'seed 1, 40001 nodes\n')
  })

  test('has connections to a node that crashes dropped, and the node made anew when it is back', async () => {
    const groups = [{ id: 'brief', share: 1, life: { sessionSecs: 3.5, downSecs: 2 } }]
    const { asked, events } = await ask('4 4 4 4 4 4 4', { groups, params: { gap_ms: 990 } })
    assert.equal(how(asked), [
      'answered',
      'answered',
      'answered',
      'answered',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'answered',
    ])
    assert.equal(made(asked), [1, 1, 1, 1, undefined, undefined, 2])
    assert.is(asked[0]?.lost, 'ECONNRESET')
    assert.equal(
      events.filter(({ event }) => event === 'crashed').map(({ t, by }) => [t, by]),
      [[3500, 'brief/2']],
    )
  })

  test('whose nodes crash in silence swallows what is sent to them', async () => {
    const groups = [{ id: 'brief', share: 1, life: { sessionSecs: 3.5, silent: true } }]
    const { asked } = await ask('4 4 4 4 4 4', { groups, params: { gap_ms: 990 } })
    assert.equal(how(asked).slice(4), ['TimeoutError', 'TimeoutError'])
  })

  test('is parted from the instances with its group', async () => {
    const groups = [
      { id: 'here', count: 500 },
      { id: 'there', count: 500 },
    ]
    const partitions = [{ groups: ['there'], fromSecs: 0 }]
    const { asked } = await ask('5 600 6', { groups, network: { partitions }, total: 1001 })
    assert.equal(how(asked), ['answered', 'TimeoutError', 'answered'])
  })

  test('costs neither events nor memory for nodes that nobody dials', async () => {
    const [few, many] = await Promise.all(
      [1000, 300_000].map((total) =>
        simulatePeople({ testCase: 'room', groups: everyone, total, params: { asked: 20, stay_ms: 1000 } }),
      ),
    )
    const bytesOf = (one: Peopled | undefined): number => Number(one?.seen.before)
    assert.equal([few?.seen.size, many?.seen.size], [1000, 300_000])
    assert.is(many?.record.placement?.events, few?.record.placement?.events)
    assert.is(many?.events.length, few?.events.length)
    const each = (bytesOf(many) - bytesOf(few)) / 299_000
    assert.ok(each < 10, `${each} bytes a node`)
  })
})
