import type { Assignment, LinkShape } from '../env.ts'
import type { Params } from '../params.ts'
import { readLink } from './link.ts'
import { readParams } from './params.ts'
import type { Variables } from './variables.ts'

/** What an instance is told about itself and its run; what is beyond its assignment, programs do not see. */
export interface Identity extends Assignment {
  /** IP address of its own. */
  readonly address: string
  /** How it is to shape what it sends; null where the network is shaped for it, or not at all. */
  readonly link: LinkShape | null
  readonly syncHost: string
  readonly syncPort: number
  /** Subnet of the run, which the start event repeats. */
  readonly subnet: string
}

/**
 * Reads an instance's environment. Testground's: TEST_RUN, TEST_PLAN, TEST_CASE, TEST_GROUP_ID, TEST_INSTANCE_COUNT, TEST_GROUP_INSTANCE_COUNT, TEST_OUTPUTS_PATH
 * (required); TEST_INSTANCE_PARAMS, TEST_INSTANCE_ROLE, TEST_SUBNET, SYNC_SERVICE_HOST (default `testground-sync-service`), SYNC_SERVICE_PORT (default 5050).
 * Ours: HOPLAB_GROUP_INDEX (from 0) and HOPLAB_SEQ (from 1) (required); HOPLAB_SEED (default 1), HOPLAB_ADDRESS (IP address of its own, default 127.0.0.1),
 * TEST_INSTANCE_PARAMS_JSON (typed parameters; wins over the packed ones), HOPLAB_NETWORK (see `readLink`). Throws one error that names everything wrong.
 */
export function readIdentity(variables: Variables): Identity {
  const problems: string[] = []

  function text(name: string): string {
    const value = variables[name]
    if (!value) problems.push(`${name} is not set`)
    return value ?? ''
  }

  function whole(name: string, least: number, fallback?: string): number {
    const found = variables[name] || fallback || ''
    const value = Number(found)
    if (!/^\d+$/.test(found) || !Number.isSafeInteger(value) || value < least)
      problems.push(`${name} is ${found === '' ? 'not set' : `"${found}"`}; write a whole number from ${least}`)
    return value
  }

  function reading<T>(read: (variables: Variables) => T, otherwise: T): T {
    try {
      return read(variables)
    } catch (error) {
      problems.push((error as Error).message)
      return otherwise
    }
  }

  const identity: Identity = {
    run: text('TEST_RUN'),
    plan: text('TEST_PLAN'),
    case: text('TEST_CASE'),
    group: text('TEST_GROUP_ID'),
    index: whole('HOPLAB_GROUP_INDEX', 0),
    seq: whole('HOPLAB_SEQ', 1),
    instanceCount: whole('TEST_INSTANCE_COUNT', 1),
    groupInstanceCount: whole('TEST_GROUP_INSTANCE_COUNT', 1),
    role: variables.TEST_INSTANCE_ROLE ?? '',
    params: reading<Params>(readParams, {}),
    seed: whole('HOPLAB_SEED', 0, '1'),
    address: variables.HOPLAB_ADDRESS || '127.0.0.1',
    link: reading(readLink, null),
    outputs: text('TEST_OUTPUTS_PATH'),
    syncHost: variables.SYNC_SERVICE_HOST || 'testground-sync-service',
    syncPort: whole('SYNC_SERVICE_PORT', 1, '5050'),
    subnet: variables.TEST_SUBNET ?? '',
  }
  if (problems.length > 0) throw new Error(`environment: ${problems.join('; ')}`)
  return identity
}
