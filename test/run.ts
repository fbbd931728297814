// Runs every test/**/*.test.ts whose path matches an argument, each in a child with a time limit, and turns red
// what uvu lets pass: no file matched, a suite never run or without tests, a hook that threw, a loop that never ends.
import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'

interface Totals {
  readonly passed: number
  readonly skipped: number
  readonly total: number
  readonly suites: number
}
interface FileResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const here = import.meta.dirname
const defaultLimitS = 120

function suiteFiles(patterns: readonly string[]): string[] {
  const all = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .sort()
  const wanted = all.filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
  if (wanted.length === 0)
    throw new Error(`no file in test/ matches ${patterns.join(' ')}; there are ${all.join(', ')}`)
  return wanted.map((path) => join(here, path))
}

/** A suite file may ask for more on a line of its own: `// time limit: 300 s`. */
function limitSeconds(file: string): number {
  return Number(/^\/\/ time limit: (\d+) s$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? defaultLimitS)
}

function runFile(file: string): Promise<FileResult> {
  const name = relative(here, file)
  const started = Date.now()
  const limit = limitSeconds(file)
  return new Promise((resolve) => {
    const child = fork(join(here, 'child.ts'), [file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    let output = ''
    let totals: Totals | null = null
    let late = false
    const skips: string[] = []
    child.stdout?.on('data', (text) => {
      output += text
    })
    child.stderr?.on('data', (text) => {
      output += text
    })
    child.on('message', (message: { totals?: Totals; skipped?: string; absent?: string[] }) => {
      if (message.totals) totals = message.totals
      if (message.skipped) skips.push(`${message.skipped}: needs ${message.absent?.join(' and ')}`)
    })
    const timer = setTimeout(() => {
      late = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, limit * 1000)
    child.on('close', () => {
      clearTimeout(timer)
      const result = judge(totals, skips)
      const fault = late ? `did not end within ${limit} s` : silentFault(totals, skips)
      const failed = Math.max(result.failed, fault === null ? 0 : 1)
      console.log(
        `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}  ${result.passed} passed  ${((Date.now() - started) / 1000).toFixed(1)} s`,
      )
      for (const skip of skips) console.log(`skip ${name}  ${skip}`)
      if (failed > 0) console.log(`${output}\n${fault ?? ''}`)
      resolve({ ...result, failed })
    })
  })
}

function judge(totals: Totals | null, skips: readonly string[]): FileResult {
  if (totals === null) return { passed: 0, failed: 1, skipped: skips.length }
  return {
    passed: totals.passed,
    failed: totals.total - totals.passed,
    skipped: totals.skipped + skips.length,
  }
}

function silentFault(totals: Totals | null, skips: readonly string[]): string | null {
  if (totals === null) return 'ended before it told its result'
  if (totals.suites === 0) return 'ran no suite; use describe() of test/suite.ts'
  if (totals.total === 0 && skips.length === 0) return 'has no test in it'
  return null
}

/** A suite file that what others do to the machine would disturb has a line of its own: `// runs alone`. */
function runsAlone(file: string): boolean {
  return /^\/\/ runs alone$/m.test(readFileSync(file, 'utf8'))
}

async function runFiles(files: readonly string[], width: number): Promise<void> {
  const queue = [...files]
  const workers = Array.from({ length: width }, async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) results.push(await runFile(file))
  })
  await Promise.all(workers)
}

const files = suiteFiles(process.argv.slice(2))
const results: FileResult[] = []
await runFiles(
  files.filter((file) => !runsAlone(file)),
  Math.max(1, availableParallelism()),
)
await runFiles(files.filter(runsAlone), 1)
const sum = (key: keyof FileResult): number => results.reduce((total, result) => total + result[key], 0)
const skipped = sum('skipped')
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
if (sum('failed') > 0 || results.length !== files.length) process.exitCode = 1
