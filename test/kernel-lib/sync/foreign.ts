import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SyncService } from '../../../kernel-lib/sync/start.ts'
import type { Who } from '../../../kernel-lib/sync/who.ts'

const program = join(import.meta.dirname, 'fixtures', 'foreign.cjs')
/** The instances that it is started as. */
export const foreignInstances: readonly Who[] = [
  { group: 'glad', index: 0 },
  { group: 'glad', index: 1 },
  { group: 'sad', index: 0 },
]

/** How the program on the npm package @testground/sdk ended. */
export interface Foreign {
  readonly code: number | null
  /** Messages that it wrote to run.out. */
  readonly messages: readonly string[]
  readonly err: string
}

/** Runs a case of fixtures/foreign.cjs as one instance; the run is `cb67fo7semvi2emk8gog`, the plan `p`. */
export async function startForeign(sync: SyncService, who: Who, testCase: string): Promise<Foreign> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-foreign-'))
  const { host, port } = await sync.door(who)
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TEST_PLAN: 'p',
      TEST_CASE: testCase,
      TEST_RUN: 'cb67fo7semvi2emk8gog',
      TEST_INSTANCE_COUNT: String(foreignInstances.length),
      TEST_GROUP_ID: who.group,
      TEST_GROUP_INSTANCE_COUNT: '2',
      TEST_INSTANCE_PARAMS: 'size=8',
      TEST_SIDECAR: 'false',
      TEST_SUBNET: '127.1.0.0/16',
      TEST_OUTPUTS_PATH: folder,
      LOG_LEVEL: 'info',
      SYNC_SERVICE_HOST: host,
      SYNC_SERVICE_PORT: String(port),
    },
  })
  let err = ''
  child.stderr.on('data', (text) => {
    err += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = readFileSync(join(folder, 'run.out'), 'utf8').trim().split('\n')
  const messages = lines.flatMap((line) => JSON.parse(line).event?.message_event?.message ?? [])
  return { code, messages, err }
}
