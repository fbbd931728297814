// The first program of a pod: makes the instances that its launcher names, each in namespaces of its own, holds them until
// it is told to let them go, and says how each ended. The launcher holds our standard input open: with its end all ends.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Bound, bounds } from './bounds.ts'
import { type Started, startInmate } from './inmate.ts'
import { linkLines } from './links.ts'
import type { PodSpec, Said, Told } from './messages.ts'
import { emptyPath, tool } from './places.ts'

const inmates: Started[] = []
const folder = process.cwd()

createInterface({ input: process.stdin })
  .on('line', (line) => obey(JSON.parse(line) as Told))
  .on('close', () => process.exit(0))
process.on('SIGTERM', () => process.exit(143))

function obey(told: Told): void {
  if (told.kind === 'begin') void begin(told.spec).catch(fail)
  else if (told.kind === 'go') inmates[told.inmate]?.proceed()
  else inmates[told.inmate]?.signal(told.signal)
}

async function begin(spec: PodSpec): Promise<void> {
  for (const path of [emptyPath, '/outputs', '/tmp', '/temp']) mkdirSync(path, { recursive: true })
  const bound = bounds()
  for (const [number, { memoryBytes }] of spec.inmates.entries()) {
    const own = bound?.(number, memoryBytes) ?? null
    const started = startInmate(number, { spec, folder }, own)
    inmates.push(started)
    void started.ended.then((code) => tellEnd(number, code, own))
  }
  await Promise.all(inmates.map((one) => one.stage()))
  const [command = '', ...args] = tool('ip', '-b', '-')
  const pids = inmates.map(({ pid }) => pid)
  execFileSync(command, args, { input: linkLines(spec.inmates, pids), stdio: 'pipe' })
  await Promise.all(
    inmates.map((one) => {
      const done = one.stage()
      one.proceed()
      return done
    }),
  )
  say({ kind: 'held', bounded: bound !== null, pids })
}

function tellEnd(inmate: number, code: number, bound: Bound | null): void {
  say({ kind: 'ended', inmate, code, memory: bound?.wasExceeded() ?? false })
  bound?.remove()
}

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`)
}

function fail(error: Error): void {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
