import * as assert from 'uvu/assert'
import { hopDistribution } from '../../../kernel-lib/figures/hop-distribution.ts'
import { startNote } from '../../../kernel-lib/figures/words/start-note.ts'
import { describe } from '../../suite.ts'
import { warmStart } from '../composition/warm-start.ts'
import { madeRun } from './made-run.ts'

const warm = (seed: number) => ({ run: `01W${seed}`, start: { ...warmStart, seed } })
const cold = { run: '01C', start: null }
const full = 'kademlia tables, 100 % full, 0 % stale'

describe('the note of a figure whose networks began warm', (test) => {
  test('says which tables they began with, and what they cannot tell', () => {
    assert.is(startNote([warm(1)]), `Warm start: ${full}, table seed 1. Says nothing of joining or convergence.`)
    assert.match(startNote([warm(1), warm(1), warm(2)]), `${full}, table seeds 1, 2. Says`)
    assert.match(startNote([1, 2, 3, 4].map(warm)), `${full}, 4 table seeds. Says`)
    const stale = { run: '01S', start: { ...warmStart, stale: 0.1 } }
    assert.match(
      startNote([warm(1), stale]),
      `Warm start: ${full}; kademlia tables, 100 % full, 10 % stale, table seed 1.`,
    )
  })

  test('says how many runs it is of beside cold ones, and nothing where all are cold', () => {
    assert.match(startNote([cold, warm(1)]), 'Warm start of 1 of 2 runs: kademlia tables')
    assert.is(startNote([cold]), '')
    assert.is(startNote([]), '')
  })

  test('stands below the figure, and changes it', () => {
    const data = madeRun({ nodes: 10 })
    const records = data.records.map((record) => ({ ...record, spec: { ...record.spec, start: warmStart } }))
    const [plain, noted] = [hopDistribution(data), hopDistribution({ ...data, records })]
    assert.is(noted.caption, `${plain.caption} ${startNote([warm(1)])}`)
    assert.not.equal(noted.id, plain.id)
    assert.equal(noted.runs, plain.runs)
  })
})
