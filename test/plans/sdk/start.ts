import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent } from '../../../kernel-lib/sync/events.ts'
import { type SyncService, startSync } from '../../../kernel-lib/sync/start.ts'
import type { Who } from '../../../kernel-lib/sync/who.ts'

/** A program of the fixtures at work, with a sync service of its own. */
export interface Started {
  readonly child: ChildProcess
  readonly sync: SyncService
  readonly folder: string
  readonly told: readonly { readonly who: Who | null; readonly event: RunEvent }[]
  /** Resolves when a line of stdout matches. */
  seen(pattern: RegExp): Promise<void>
  ended: Promise<{ code: number | null; signal: string | null; out: string[]; err: string }>
}

const program = join(import.meta.dirname, 'fixtures', 'program.ts')

/** Variables of one instance of the group `all`. */
function instanceVariables(index: number, count: number, folder: string): Record<string, string> {
  return {
    TEST_GROUP_ID: 'all',
    TEST_GROUP_INSTANCE_COUNT: String(count),
    TEST_OUTPUTS_PATH: join(folder, 'all', String(index)),
    TEST_INSTANCE_PARAMS_JSON: JSON.stringify({ ratio: 0.5, host: 'a=b|c' }),
    HOPLAB_GROUP_INDEX: String(index),
    HOPLAB_SEQ: String(index + 1),
  }
}

/** Starts a case on `count` instances in one process. */
export async function startProgram(
  testCase: string,
  count: number,
  more: Record<string, string> = {},
): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-sdk-'))
  const instances = Array.from({ length: count }, (_, index) => ({ group: 'all', index }))
  const sync = startSync({ run: 'r1', plan: 'p', case: testCase, instances, barrierTimeoutMs: 60_000 })
  const told: { who: Who | null; event: RunEvent }[] = []
  sync.onEvent((who, event) => told.push({ who, event }))
  const { host, port } = await sync.door(null)
  const list = join(folder, 'instances.json')
  writeFileSync(list, JSON.stringify(instances.map(({ index }) => instanceVariables(index, count, folder))))
  const child = spawn(process.execPath, ['--conditions=hoplab-source', '--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TEST_RUN: 'r1',
      TEST_PLAN: 'p',
      TEST_CASE: testCase,
      TEST_INSTANCE_COUNT: String(count),
      SYNC_SERVICE_HOST: host,
      SYNC_SERVICE_PORT: String(port),
      HOPLAB_INSTANCES: list,
      HOPLAB_SEED: '7',
      HOPLAB_LAUNCHER: String(process.pid),
      ...more,
    },
  })
  return { child, sync, folder, told, ...watched(child) }
}

function watched(child: ChildProcess): Pick<Started, 'seen' | 'ended'> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (text) => {
    out += text
  })
  child.stderr?.on('data', (text) => {
    err += text
  })
  const ended: Started['ended'] = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, out: out.split('\n').slice(0, -1), err }))
  })
  const seen = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(out)) {
      if (child.exitCode !== null) throw new Error(`ended before ${pattern} was seen:\n${out}\n${err}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { seen, ended }
}

/** The events of a file or of stdout lines, by kind, with their bodies. */
export function eventsOf(lines: readonly string[]): { kind: string; body: Record<string, unknown> }[] {
  return lines
    .filter((line) => line.startsWith('{"ts":'))
    .map((line) => JSON.parse(line).event)
    .map((event) => ({
      kind: Object.keys(event)[0] as string,
      body: Object.values(event)[0] as Record<string, unknown>,
    }))
}

/** The lines of a file of an instance. */
export function linesOf(started: Started, index: number, file: string): string[] {
  return readFileSync(join(started.folder, 'all', String(index), file), 'utf8')
    .split('\n')
    .slice(0, -1)
}
