import type { Params, ParamValue } from '../params.ts'
import type { Variables } from './variables.ts'

/** Parameters of an instance: TEST_INSTANCE_PARAMS_JSON, which keeps types and any text, else TEST_INSTANCE_PARAMS as Testground packs them (`a=1|b=x`, every value a string, pairs with more than one `=` lost). */
export function readParams(variables: Variables): Params {
  const json = variables.TEST_INSTANCE_PARAMS_JSON
  return json ? fromJson(json) : unpacked(variables.TEST_INSTANCE_PARAMS ?? '')
}

function fromJson(json: string): Params {
  const value: unknown = parsed(json)
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!plain || !Object.values(value).every(isParamValue))
    throw new Error(
      `TEST_INSTANCE_PARAMS_JSON is ${json.slice(0, 200)}; write a JSON object of strings, numbers and booleans`,
    )
  return value as Params
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function isParamValue(value: unknown): value is ParamValue {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function unpacked(packed: string): Params {
  const pairs = packed.split('|').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.filter((pair) => pair.length === 2)) as Params
}
