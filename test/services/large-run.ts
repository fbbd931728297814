import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Artifact, RunRecord } from '../../kernel-lib/run/record.ts'
import { writeRun } from '../kernel-lib/tables/run-folder.ts'

/** How large a run is to be. */
export interface LargeRun {
  readonly run: string
  /** Small files, of some kilobytes each, ten an instance. */
  readonly files: number
  /** Of the one large file, which cannot be compressed. */
  readonly largeBytes: number
}

const pieceBytes = 1 << 20
const filesEach = 10

/** Writes the folder of a run with many files and one large one, and its record. */
export async function writeLargeRun(runs: string, { run, files, largeBytes }: LargeRun): Promise<RunRecord> {
  const folder = join(runs, run)
  const artifacts: Artifact[] = []
  for (let index = 0; index < files; index++) {
    const path = `all/${Math.floor(index / filesEach)}/file-${index % filesEach}.ndjson`
    const body = `{"at":${index},"peer":"${randomBytes(20).toString('hex')}"}\n`.repeat(1 + (index % 50))
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
    artifacts.push({ path, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') })
  }
  artifacts.push(await writeNoise(folder, 'all/0/capture.bin', largeBytes))
  const record = writeRun(runs, { run, instances: Math.ceil(files / filesEach), files: {} })
  const whole = { ...record, artifacts }
  writeFileSync(join(folder, 'record.json'), JSON.stringify(whole))
  return whole
}

async function writeNoise(folder: string, path: string, bytes: number): Promise<Artifact> {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  const file = createWriteStream(join(folder, path))
  const hash = createHash('sha256')
  for (let left = bytes; left > 0; left -= pieceBytes) {
    const piece = randomBytes(Math.min(left, pieceBytes))
    hash.update(piece)
    if (!file.write(piece)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return { path, bytes, sha256: hash.digest('hex') }
}
