import * as assert from 'uvu/assert'
import { bitsPerHop } from '../../../kernel-lib/models/bits-per-hop.ts'
import { hopsModel } from '../../../kernel-lib/models/hops-model.ts'
import { answerTables } from '../../../kernel-lib/stats/model/answer.ts'
import { compareTables } from '../../../kernel-lib/stats/model/compare-tables.ts'
import { hops, hopsDifference } from '../../../kernel-lib/stats/model/hops.ts'
import { formatSample } from '../../../kernel-lib/stats/sample/format.ts'
import { seededRandom } from '../../../plans/sdk/index.ts'
import { describe } from '../../suite.ts'

const small = { peers: 1500, lookups: 1500, sets: 3, seed: 1 }
const compared = { ...small, baseline: 'random', candidate: 'balanced', bucketSizes: [6] } as const

describe('statistics of modelled lookups', (test) => {
  test('a sample has n, its mean, and an interval that resamples sets, then lookups', async () => {
    const model = await hopsModel({ ...small, tables: 'random', bucketSize: 6 })
    const sample = hops(model)
    const all = model.sets.flatMap((set) => [...set])
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length
    assert.ok(Math.abs((sample.mean ?? 0) - mean) < 1e-12)
    assert.equal([sample.n, sample.expected, sample.failed], [4500, 4500, 0])
    assert.is(sample.interval?.method, 'bootstrap of sets, lookups (1000 resamples, seed 1)')
    assert.ok((sample.interval?.low ?? 9) < mean && mean < (sample.interval?.high ?? 0))
    assert.match(formatSample(sample), /^\d\.\d{2,3} hops \(95 % \d\.\d+–\d\.\d+\), n 4500$/)
  })

  test('a lookup that could not go on has failed, and its pair with it', async () => {
    const model = { tables: 'trie', peers: 3, bucketSize: 1, lookups: 3, sets: 2, seed: 1 } as const
    const decided = (await hopsModel(model)).model
    const a = { model: decided, sets: [Int8Array.of(1, 2, -1), Int8Array.of(3, 1, 1)] }
    const b = { model: decided, sets: [Int8Array.of(1, 1, 1), Int8Array.of(1, -1, 1)] }
    const told = ({ n, expected, failed, mean }: ReturnType<typeof hops>) => [n, expected, failed, mean]
    assert.equal(told(hops(a)), [5, 6, 1, 8 / 5])
    assert.equal(told(hopsDifference(a, b)), [4, 6, 2, -3 / 4])
  })

  test('the difference is of pairs, and narrower than of two that do not know each other', async () => {
    const [a, b] = [
      await hopsModel({ ...small, tables: 'random', bucketSize: 6 }),
      await hopsModel({ ...small, tables: 'balanced', bucketSize: 6 }),
    ]
    const width = ({ interval }: ReturnType<typeof hops>) => (interval?.high ?? 9) - (interval?.low ?? 0)
    const [x, y, difference] = [hops(a), hops(b), hopsDifference(a, b)]
    assert.ok(Math.abs((difference.mean ?? 9) - ((y.mean ?? 0) - (x.mean ?? 0))) < 1e-12)
    assert.ok(width(difference) < Math.hypot(width(x), width(y)))
  })

  test('models that do not pair are refused', async () => {
    const a = await hopsModel({ ...small, tables: 'random', lookups: 10 })
    const b = await hopsModel({ ...small, tables: 'balanced', lookups: 20, seed: 2 })
    assert.throws(() => hopsDifference(a, b), /do not pair: lookups 10 and 20, seed 1 and 2/)
  })

  test('balanced tables shorten lookups, and the answer says by how much and in what', async () => {
    const study = await compareTables(compared)
    const { text, unknown } = answerTables(study)
    assert.is(unknown, false)
    assert.match(
      text,
      /^Yes, by \d\.\d %: a lookup takes 1\.\d{3} hops \(95 % 1\.\d{3} to 1\.\d{3}\) with balanced buckets of 6/,
    )
    assert.match(text, 'a model of 1,500 peers, 3 sets, 4,500 pairs of lookups, 0 failed')
    assert.match(answerTables(study, 7).text, /^Unknown: there is no interval at buckets of 7/)
  })

  test('a network as large as that of RFM19.1 gives its hops, within one per cent already in one set', async () => {
    const { rows } = await compareTables({ ...compared, bucketSizes: [20], peers: 25_000, lookups: 4000, sets: 1 })
    const [row] = rows
    const off = [(row?.baseline.mean ?? 0) / 1.929 - 1, (row?.candidate.mean ?? 0) / 1.893 - 1]
    assert.ok(
      off.every((share) => Math.abs(share) < 0.01),
      off.join(),
    )
    assert.ok((row?.difference.interval?.high ?? 1) < 0)
  })

  test('the same tables on both sides are not told apart', async () => {
    const study = await compareTables({ ...compared, candidate: 'random' })
    assert.is(study.rows[0]?.difference.mean, 0)
    assert.match(answerTables(study).text, /^It cannot be told whether/)
  })

  test('a study has the hash of all that decides it', async () => {
    const tiny = { ...compared, peers: 50, lookups: 20 }
    const [a, b, c] = [await compareTables(tiny), await compareTables(tiny), await compareTables({ ...tiny, seed: 2 })]
    assert.equal(a, b)
    assert.match(a.hash, /^[0-9a-f]{64}$/)
    assert.is.not(a.hash, c.hash)
  })
})

describe('bits that a hop gains', (test) => {
  test('are 1 and the most that as many random keys as a bucket holds share with another', () => {
    assert.is(bitsPerHop(1), 2)
    const random = seededRandom(1, 'bits')
    const bits = () => {
      let shared = 0
      while (random.integer(2) === 0) shared++
      return shared
    }
    const most = Array.from({ length: 20_000 }, () => Math.max(...Array.from({ length: 20 }, bits)))
    const mean = 1 + most.reduce((sum, each) => sum + each, 0) / most.length
    assert.ok(Math.abs(bitsPerHop(20) - mean) < 0.05, `${bitsPerHop(20)} ${mean}`)
  })

  test('are of buckets of whole sizes', () => {
    assert.throws(() => bitsPerHop(0.5), /bucketSize 0.5: write a whole number/)
  })
})
