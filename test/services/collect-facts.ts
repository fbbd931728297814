import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { digest } from '../../kernel-lib/run/artifacts.ts'
import type { RunRecord } from '../../kernel-lib/run/record.ts'
import { openStore } from '../../kernel-lib/store/open.ts'
import type { S3Server } from './s3-server.ts'
import { type Started, startHoplab } from './start-hoplab.ts'

/** What collecting or pulling said it moved. */
export interface MovedFiles {
  readonly files: number
  readonly moved: { readonly files: number; readonly bytes: number }
  readonly peakBytes: number
}

/** A run, where it lies, and where it is to go. */
export interface Journey {
  readonly server: S3Server
  readonly runs: string
  readonly record: RunRecord
  readonly prefix: string
}

/** Starts collecting a run. */
export function startCollect({ server, runs, record, prefix }: Journey): Started {
  return startHoplab(['collect', record.run, '--runs', runs, '--store', server.url(prefix), '--json'])
}

/** Starts pulling it. */
export function startPull({ server, record, prefix }: Journey, to: string): Started {
  return startHoplab(['pull', record.run, '--to', to, '--store', server.url(prefix), '--json'])
}

/** What a command that ended well said. */
export async function saidBy({ ended }: Started): Promise<MovedFiles> {
  const { code, out, err } = await ended
  assert.is(code, 0, err)
  assert.not.match(err, 'Warning')
  const peakBytes = Number(/peak (\d+) bytes/.exec(err)?.[1])
  return { ...JSON.parse(out), peakBytes }
}

/** Kills a process with SIGKILL once `there` says so many. */
export async function killWhen({ child, ended }: Started, there: () => Promise<number>, enough: number): Promise<void> {
  while (child.exitCode === null && (await there()) < enough) await delay(20)
  assert.is(child.exitCode, null, 'it ended before it could be killed')
  child.kill('SIGKILL')
  await ended
}

/** Files of the run that are in the store. */
export async function keysThere({ server, record, prefix }: Journey): Promise<readonly string[]> {
  return openStore(server.url(prefix)).list(`${record.run}/`)
}

/** Demands that a folder holds every file of a run, each as recorded. */
export async function demandWhole(folder: string, { run, artifacts }: RunRecord): Promise<void> {
  assert.ok(artifacts.length > 0)
  for (const { path, bytes, sha256 } of artifacts)
    assert.equal(await digest(join(folder, run, path)), { bytes, sha256 }, path)
}

/** A folder that is removed first. */
export function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  return folder
}
