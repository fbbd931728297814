import * as assert from 'uvu/assert'
import { execHarness } from '../../../../kernel-lib/harness/exec/exec.ts'
import { describe } from '../../../suite.ts'
import { simulate, troubles } from './simulated.ts'

describe('work that leaves the thread', (test) => {
  test('comes back in the order in which it left, before any time has passed, however long it takes', async () => {
    const ran = await simulate('threads')
    assert.equal(troubles(ran), [])
    assert.equal(ran.holes, [])
    const { begun, done } = ran.seen as { begun: string[]; done: unknown[] }
    assert.ok(begun.length >= 19)
    assert.equal(done, [...begun.flatMap((name) => [name, 0]), 'timer of 1 ms', 1])
    const again = await simulate('threads')
    assert.is(again.trace, ran.trace)
    assert.equal(again.seen, ran.seen)
  })

  test('does with files what it does on a machine', async () => {
    const ran = await simulate('files')
    assert.equal(troubles(ran), [])
    assert.equal(
      ran.holes.map(({ what }) => what),
      ['fs.FileHandle.readLines'],
    )
    const { time, ...seen } = ran.seen
    assert.is(time, 0)
    const { time: _, ...onMachine } = (await simulate('files', { harness: execHarness() })).seen
    assert.ok(Object.keys(onMachine).length > 20)
    assert.equal(seen, onMachine)
  })
})
