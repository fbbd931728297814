import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { plainWorld } from '../../../kernel-lib/composition/world/plain.ts'
import type { PlanEvent } from '../../../kernel-lib/harness/harness.ts'
import { claims } from '../../../kernel-lib/harness/instances/claims.ts'
import { type Witness, witness } from '../../../kernel-lib/harness/instances/witness.ts'
import { describe } from '../../suite.ts'

const success = { success_event: { group: 'many' } }
const failure = { failure_event: { group: 'many', error: 'no' } }

interface Scene {
  readonly one: Witness
  readonly many: readonly Witness[]
  publish(event: PlanEvent): void
  given(): readonly string[]
}

async function scene(body: (scene: Scene) => Promise<void>): Promise<void> {
  const given: string[] = []
  const group = (id: string, count: number) => ({
    id,
    count,
    program: true,
    role: '',
    version: '',
    params: {},
    ...plainWorld,
  })
  const made = (id: string, count: number): readonly Witness[] =>
    Array.from({ length: count }, (_, index) =>
      witness({ group: group(id, count), index, seq: 1 }, { alone: true, onEvent: () => {} }),
    )
  const [one] = made('one', 1)
  const many = made('many', 3)
  if (one === undefined) throw new Error('no witness')
  const unnamed = claims([one, ...many], (to, event) => {
    to.heard('sync', event)
    given.push(`${to.instance.group}/${to.instance.index}`)
  })
  await body({ one, many, publish: unnamed.published, given: () => given })
  unnamed.close()
}

describe('outcomes that name no instance', (test) => {
  test('are those of the only instance of their group', () =>
    scene(async ({ publish, given }) => {
      publish({ success_event: { group: 'one' } })
      assert.equal(given(), ['one/0'])
    }))

  test('are given to those that printed the same, each once, whichever comes first', () =>
    scene(async ({ many, publish, given }) => {
      many[2]?.heard('stdout', failure)
      publish(success)
      publish(failure)
      assert.equal(given(), ['many/2'])
      many[1]?.heard('stdout', success)
      await sleep(60)
      assert.equal(given(), ['many/2', 'many/1'])
      publish(success)
      await sleep(60)
      assert.is(given().length, 2)
    }))

  test('tell nothing of anybody where nobody printed them, and what is no outcome never does', () =>
    scene(async ({ many, publish, given }) => {
      many[0]?.heard('stdout', success)
      publish(failure)
      publish({ stage_start_event: { group: 'one', name: 'x' } })
      await sleep(60)
      assert.equal(given(), [])
    }))
})
