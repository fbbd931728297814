import { join } from 'node:path'
import type { ParamValue } from '@hoplab/sdk'
import type { RunSpec } from '../../composition/spec.ts'
import { addressOf, subnet } from './address.ts'
import type { Member } from './share.ts'

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

/** Variables of the launcher that programs may see; a run must not depend on others, and they may hold secrets. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'] as const

/** Variables that all processes of a session share, Testground's and ours. */
export function sharedEnvironment({ run, spec, instanceCount, temp, startTime }: SessionFacts): Record<string, string> {
  const own = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return {
    ...own,
    TMPDIR: temp,
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
    INFLUXDB_URL: 'http://localhost:8086',
    REDIS_HOST: 'localhost',
    ADDITIONAL_HOSTS: '',
    HOPLAB_SEED: String(spec.seed),
    HOPLAB_LAUNCHER: String(process.pid),
  }
}

/** Variables of one instance. */
export function instanceEnvironment({ group, index, seq }: Member, { folder }: SessionFacts): Record<string, string> {
  return {
    TEST_GROUP_ID: group.id,
    TEST_GROUP_INSTANCE_COUNT: String(group.count),
    TEST_INSTANCE_PARAMS: packParams(group.params),
    TEST_INSTANCE_PARAMS_JSON: JSON.stringify(group.params),
    TEST_INSTANCE_ROLE: group.role,
    TEST_OUTPUTS_PATH: join(folder, group.id, String(index)),
    HOPLAB_GROUP_INDEX: String(index),
    HOPLAB_SEQ: String(seq),
    HOPLAB_ADDRESS: addressOf(seq),
    ...(group.version === '' ? {} : { HOPLAB_VERSION: group.version }),
  }
}

/** Testground's packing, `a=1|b=2`: it has no escape, so a value that holds `=` or `|` arrives only in the JSON form. */
export function packParams(params: Readonly<Record<string, ParamValue>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join('|')
}
