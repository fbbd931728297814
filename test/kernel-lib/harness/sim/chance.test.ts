import * as assert from 'uvu/assert'
import { describe } from '../../../suite.ts'
import { simulate, troubles } from './simulated.ts'

describe('chance in the simulator', (test) => {
  test('is the seed’s, by every name that a program may draw by', async () => {
    const first = await simulate('chance')
    const again = await simulate('chance')
    const other = await simulate('chance', { seed: 2 })
    for (const ran of [first, again, other]) {
      assert.equal(troubles(ran), [])
      assert.equal(ran.holes, [])
      assert.equal(ran.seen.work, Array(9).fill(true))
    }
    assert.equal(again.seen, first.seen)
    assert.is(again.trace, first.trace)
    const names = Object.keys(first.seen).filter((name) => name !== 'work')
    assert.ok(names.length > 20)
    assert.equal(
      names.filter((name) => JSON.stringify(other.seen[name]) === JSON.stringify(first.seen[name])),
      [],
    )
    hasForm(first.seen)
  })
})

/** What is drawn looks like what it stands for. */
function hasForm(seen: Readonly<Record<string, unknown>>): void {
  assert.match(String(seen.randomUUID), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.match(String(seen.randomFillSync), /^0000[0-9a-f]{10}0000$/)
  assert.is(String(seen['subtle HMAC']).length, 256)
  assert.is(String(seen['subtle AES']).length, 64)
  assert.match(String(seen['P-521']), /^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PRIVATE KEY-----\n$/)
}
