import * as assert from 'uvu/assert'
import { readIdentity } from '../../../plans/sdk/runtime/identity.ts'
import { readParams } from '../../../plans/sdk/runtime/params.ts'
import { describe } from '../../suite.ts'

const least = {
  TEST_RUN: 'r',
  TEST_PLAN: 'p',
  TEST_CASE: 'c',
  TEST_GROUP_ID: 'g',
  TEST_INSTANCE_COUNT: '3',
  TEST_GROUP_INSTANCE_COUNT: '2',
  TEST_OUTPUTS_PATH: 'out',
  HOPLAB_GROUP_INDEX: '0',
  HOPLAB_SEQ: '1',
}

describe('identity', (test) => {
  test('what may be left out has defaults', () => {
    const { seed, address, link, role, syncHost, syncPort, params } = readIdentity(least)
    assert.equal(
      { seed, address, link, role, syncHost, syncPort, params },
      {
        seed: 1,
        address: '127.0.0.1',
        link: null,
        role: '',
        syncHost: 'testground-sync-service',
        syncPort: 5050,
        params: {},
      },
    )
  })

  test('everything wrong is said at once', () => {
    const wrong = { ...least, TEST_PLAN: '', HOPLAB_SEQ: '0', HOPLAB_SEED: '1.5', TEST_INSTANCE_PARAMS_JSON: '[1]' }
    assert.throws(
      () => readIdentity(wrong),
      (error: Error) =>
        ['TEST_PLAN is not set', 'HOPLAB_SEQ is "0"', 'HOPLAB_SEED is "1.5"', 'TEST_INSTANCE_PARAMS_JSON is [1]'].every(
          (part) => error.message.includes(part),
        ),
    )
  })
})

describe('link', (test) => {
  const shape = { latencyMs: 20, jitterMs: 0, bandwidthBps: 8e6 }

  test('is what the launcher says', () => {
    assert.equal(readIdentity({ ...least, HOPLAB_NETWORK: JSON.stringify(shape) }).link, shape)
  })

  test('is refused where a part is missing, unknown or no number from 0', () => {
    for (const wrong of [
      '{',
      '3',
      'null',
      '{}',
      { latencyMs: 20 },
      { ...shape, loss: 1 },
      { ...shape, jitterMs: -1 },
    ]) {
      const text = typeof wrong === 'string' ? wrong : JSON.stringify(wrong)
      assert.throws(() => readIdentity({ ...least, HOPLAB_NETWORK: text }), /HOPLAB_NETWORK is .*; write a JSON object/)
    }
  })
})

describe('parameters', (test) => {
  test('the JSON form keeps types and any text', () => {
    const json = JSON.stringify({ n: 3, on: false, text: 'a=b|c' })
    assert.equal(readParams({ TEST_INSTANCE_PARAMS_JSON: json, TEST_INSTANCE_PARAMS: 'n=9' }), {
      n: 3,
      on: false,
      text: 'a=b|c',
    })
  })

  test('the packed form gives strings, and loses what Testground loses', () => {
    assert.equal(readParams({ TEST_INSTANCE_PARAMS: 'n=3|path=a=b|empty=|x' }), { n: '3', empty: '' })
    assert.equal(readParams({}), {})
  })

  test('what is no object of plain values is refused', () => {
    for (const json of ['{', '[]', 'null', '{"a":null}', '{"a":[1]}'])
      assert.throws(() => readParams({ TEST_INSTANCE_PARAMS_JSON: json }), /write a JSON object of/)
  })
})
