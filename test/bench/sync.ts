import { execFileSync, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { redisServerPath } from '../services/needs.ts'
import type { Bench } from './parts/bench.ts'
import { networkApart } from './parts/sync/apart.ts'
import { goProgram } from './parts/sync/go.ts'

const root = join(import.meta.dirname, '../..')
const most = 1000

export default {
  about:
    "Our sync service (memory, Redis) and Testground's own in Go: signals, barriers, publish/subscribe. Clients at most: 1000.",
  async run([most_ = String(most)]) {
    const limit = Number(most_)
    if (!Number.isInteger(limit) || limit < 1)
      throw new Error(`sync: "${most_}" is no number of clients; write 1 or more`)
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], {
      cwd: root,
      stdio: 'inherit',
    })
    const apart = networkApart()
    const go = apart === null ? { why: noNetwork } : await goProgram()
    if (redisServerPath() === null) console.log('skip redis: there is no redis-server on PATH')
    if ('why' in go) console.log(`skip go: ${go.why}`)
    console.log(
      `sync  ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; each service in a process of its own, all clients in one; services in turn within a round, the most clients first; median ms of n rounds, lower is better; below it, processor time`,
    )
    const measure = [
      join(import.meta.dirname, 'parts/sync/measure.ts'),
      String(limit),
      ...('path' in go ? [go.path] : []),
    ]
    process.exitCode = await ended([...(apart ?? []), process.execPath, '--import', tsx(), ...measure])
    console.log(
      'Every place and every delivery was checked (deliveries by a hash over what each client heard): none lost, doubled or out of order, except where a cell says failed.',
    )
  },
} satisfies Bench

const noNetwork = 'it listens on all addresses, and neither root nor this user may have a network apart (unshare, ip)'

function tsx(): string {
  return createRequire(import.meta.url).resolve('tsx')
}

function ended([program = '', ...words]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(program, words, { stdio: 'inherit' })
      .once('error', reject)
      .once('close', (code) => resolve(code ?? 1))
  })
}
