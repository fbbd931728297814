import type { ParamValue } from '@hoplab/sdk'
import type { RunSpec } from '../../composition/spec.ts'
import type { Member } from './members.ts'

/** What is the same for every instance of a session. */
export interface SessionFacts {
  readonly run: string
  readonly spec: RunSpec
  readonly instanceCount: number
  /** Folder of the run, absolute. */
  readonly folder: string
  /** Scratch folder of the session, absolute. */
  readonly temp: string
  /** RFC 3339. */
  readonly startTime: string
}

/** Variables that tell of a run, wherever its instances are. */
export function runEnvironment(
  { run, spec, instanceCount, temp, startTime }: SessionFacts,
  subnet: string,
): Record<string, string> {
  return {
    TEST_PLAN: spec.plan.replaceAll('/', '-'),
    TEST_CASE: spec.case,
    TEST_RUN: run,
    TEST_INSTANCE_COUNT: String(instanceCount),
    TEST_BRANCH: '',
    TEST_REPO: '',
    TEST_TAG: '',
    TEST_SIDECAR: 'false',
    TEST_SUBNET: subnet,
    TEST_TEMP_PATH: temp,
    TEST_START_TIME: startTime,
    TEST_CAPTURE_PROFILES: '',
    TEST_DISABLE_METRICS: 'true',
    // The Go SDK tries an address that is named for 8 s at the end of every instance.
    INFLUXDB_URL: '',
    REDIS_HOST: 'localhost',
    ADDITIONAL_HOSTS: '',
    HOPLAB_SEED: String(spec.seed),
  }
}

/** Variables of one instance, with the folder that it writes to as it sees it. */
export function memberEnvironment(
  { group, index, seq }: Member,
  { outputs, address }: { readonly outputs: string; readonly address: string },
): Record<string, string> {
  return {
    TEST_GROUP_ID: group.id,
    TEST_GROUP_INSTANCE_COUNT: String(group.count),
    TEST_INSTANCE_PARAMS: packParams(group.params),
    TEST_INSTANCE_PARAMS_JSON: JSON.stringify(group.params),
    TEST_INSTANCE_ROLE: group.role,
    TEST_OUTPUTS_PATH: outputs,
    HOPLAB_GROUP_INDEX: String(index),
    HOPLAB_SEQ: String(seq),
    HOPLAB_ADDRESS: address,
    ...(group.version === '' ? {} : { HOPLAB_VERSION: group.version }),
  }
}

/** Where instances find the Redis of their run; nothing where it has none. */
export function redisEnvironment(
  redis: { readonly host: string; readonly port: number } | null,
): Record<string, string> {
  return redis === null ? {} : { REDIS_HOST: redis.host, REDIS_PORT: String(redis.port) }
}

/** Testground's packing, `a=1|b=2`: it has no escape, so a value that holds `=` or `|` arrives only in the JSON form. */
export function packParams(params: Readonly<Record<string, ParamValue>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join('|')
}
