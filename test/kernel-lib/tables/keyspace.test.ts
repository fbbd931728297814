import * as assert from 'uvu/assert'
import { InputError } from '../../../kernel-lib/errors.ts'
import { keyOf } from '../../../kernel-lib/tables/keyspace.ts'
import { toHex } from '../../../plans/sdk/keyspace.ts'
import { describe } from '../../suite.ts'

describe('keys of peer ids', (test) => {
  test('a key is the SHA-256 of the multihash, whichever text the peer id is written in', () => {
    // Decoded and hashed by a separate program.
    const hashed = 'f30e5bc99ecdd584d712131412ab162754312d3fd335e0c5e758591ac1fe8628'
    assert.is(toHex(keyOf('QmNet43MiibBJ2TWBQYQGiFqDy3HNLp3biAEp7f9B7wvtu')), hashed)
    assert.is(toHex(keyOf('bafzbeiaevofnnho6uvm5asqjjc5tqk4gwxwh64cwspfqlwkjzmfwn47iiy')), hashed)
    const identity = 'a9fb3b592b9e6cee5658eaf7de67433434163a081d97cc77e303b300c816251e'
    assert.is(toHex(keyOf('12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA')), identity)
    assert.is(toHex(keyOf('bafzaajaiaejcal72gwuz2or47oyxxn6b3rkwdmmkrxgkjxzy3rqt5kczyn7lcm3l')), identity)
  })

  test('the same peer id gives the same array, so that it is computed once', () => {
    const peer = 'QmZ7zzmL4D547VhASXX78yWyAogR42WVfrio9HjHHeLfcY'
    assert.is(keyOf(peer), keyOf(peer))
  })

  test('text that is no peer id is refused with the text in the message', () => {
    for (const text of ['', 'node-3', 'Qm0000', '12D3KooW!', '<script>'])
      assert.throws(
        () => keyOf(text),
        (error: Error) => error instanceof InputError && error.message.includes(JSON.stringify(text)),
      )
  })
})
