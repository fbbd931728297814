import * as assert from 'uvu/assert'
import { duration, times } from '../../../kernel-lib/run/duration.ts'
import { describe } from '../../suite.ts'

describe('times for people', (test) => {
  test('are seconds up to two minutes, and then minutes and whole seconds under sixty', () => {
    assert.equal([0, 3140, 119_900].map(duration), ['0.0 s', '3.1 s', '119.9 s'])
    assert.equal([120_000, 125_400, 179_700, 3_599_900].map(duration), [
      '2 min 0 s',
      '2 min 5 s',
      '3 min 0 s',
      '60 min 0 s',
    ])
  })

  test('tell the simulated network’s beside the machine’s', () => {
    assert.is(times(12_400, 3100), '12.4 s virtual, 3.1 s')
    assert.is(times(null, 3100), '3.1 s')
  })
})
