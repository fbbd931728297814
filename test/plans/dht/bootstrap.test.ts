import * as assert from 'uvu/assert'
import { endingOf } from '../../../plans/dht/bootstrap.ts'
import { contactCount } from '../../../plans/dht/join.ts'
import { type Card, orderMembers } from '../../../plans/dht/members.ts'
import { nearestMembers, shareKnown } from '../../../plans/dht/nearest.ts'
import { identityOf } from '../../../plans/libp2p/identity.ts'
import { keyOfBytes } from '../../../plans/sdk/keyspace.ts'
import { describe } from '../../suite.ts'

async function card(seq: number, rest: Partial<Card> = {}): Promise<Card> {
  const peer = (await identityOf(1, seq)).peerId.toString()
  const plain = {
    seq,
    peer,
    addresses: [],
    role: 'server',
    wayIn: 'direct',
    relay: false,
    bootstrapper: false,
    order: 0,
    records: 0,
  }
  return { ...plain, ...rest } as Card
}

const seqs = (members: readonly { readonly seq: number }[]): number[] => members.map(({ seq }) => seq)

describe('order of joining', (test) => {
  test('bootstrappers come first, then lower orders, then lower seqs', async () => {
    const cards = await Promise.all([
      card(1, { order: 2 }),
      card(2, { order: 1 }),
      card(3, { bootstrapper: true, order: 9 }),
      card(4, { order: 1 }),
    ])
    assert.equal(seqs(orderMembers(cards, 1)), [3, 2, 4, 1])
  })

  test('without bootstrappers the first servers that can be dialed are chosen', async () => {
    const cards = await Promise.all([
      card(1, { wayIn: 'none' }),
      card(2, { role: 'client' }),
      card(3),
      card(4, { order: -1 }),
      card(5),
    ])
    const members = orderMembers(cards, 2)
    assert.equal(seqs(members.filter(({ bootstrapper }) => bootstrapper)), [4, 3])
    assert.equal(
      members.map(({ position }) => position),
      [0, 1, 2, 3, 4],
    )
  })

  test('a bootstrapper that cannot be dialed is refused by name', async () => {
    const cards = await Promise.all([card(1), card(2, { bootstrapper: true, wayIn: 'none' })])
    assert.throws(() => orderMembers(cards, 1), /instance 2 has bootstrapper = true and is undialable/)
  })

  test('a network where nobody can bootstrap is refused', async () => {
    const cards = await Promise.all([card(1, { role: 'client' }), card(2, { wayIn: 'none' })])
    assert.throws(() => orderMembers(cards, 1), /no node can bootstrap the others/)
  })
})

describe('bootstrap strategies', (test) => {
  test('1 dials all, 2 one, 3 about log₂', () => {
    assert.equal(
      [0, 1, 2, 20].map((n) => contactCount(1, n)),
      [0, 1, 2, 20],
    )
    assert.equal(
      [0, 1, 2, 20].map((n) => contactCount(2, n)),
      [0, 1, 1, 1],
    )
    assert.equal(
      [0, 1, 2, 4, 20, 64].map((n) => contactCount(3, n)),
      [0, 1, 1, 2, 3, 4],
    )
  })
})

describe('the measure that ends bootstrap', (test) => {
  test('the nearest are servers that can be dialed', async () => {
    const members = orderMembers(
      await Promise.all([card(1), card(2, { role: 'client' }), card(3, { wayIn: 'none' }), card(4), card(5)]),
      1,
    )
    const target = keyOfBytes(new Uint8Array())
    assert.equal(seqs(nearestMembers(members, target, 9)).toSorted(), [1, 4, 5])
    const [nearest] = nearestMembers(members, target, 1)
    assert.ok(nearest && nearestMembers(members, nearest.key, 1)[0] === nearest)
  })

  test('a node’s share is of its own nearest, without itself', async () => {
    const members = orderMembers(await Promise.all([1, 2, 3, 4].map((seq) => card(seq))), 1)
    const [self, a, b, c] = members
    if (!self || !a || !b || !c) throw new Error('four members')
    const others = nearestMembers([a, b, c], self.key, 3)
    const share = (known: readonly (string | undefined)[], k: number): number =>
      shareKnown(self, { members, table: new Set(known as string[]), k })
    assert.is(share([], 2), 0)
    assert.is(share([others[0]?.peer, others[2]?.peer], 2), 0.5)
    assert.is(share([a.peer, b.peer, c.peer], 20), 1)
    assert.is(shareKnown(self, { members: [self], table: new Set(), k: 4 }), 1)
  })

  test('the target ends it, else the time does', () => {
    const settings = { bootstrapTarget: 0.95, bootstrapLimitMs: 1000 }
    assert.is(endingOf(settings, { meanShare: 0.95, elapsedMs: 5000 }), 'reached')
    assert.is(endingOf(settings, { meanShare: 0.94, elapsedMs: 1000 }), 'bound')
    assert.is(endingOf(settings, { meanShare: 0.94, elapsedMs: 999 }), 'none')
  })
})
