// One suite file in a process of its own: uvu is told to wait, so that what it passes in silence can be counted.
import { pathToFileURL } from 'node:url'

type Result = [errors: string | true, passed: number, skipped: number, total: number]
type SuiteRun = () => Promise<Result>
interface UvuGlobals {
  UVU_DEFER: number
  UVU_INDEX: number
  UVU_QUEUE: [string, ...SuiteRun[]][]
}

const file = process.argv[2]
if (file === undefined) throw new Error('test/child.ts: name a suite file')
const uvu = globalThis as unknown as UvuGlobals
uvu.UVU_DEFER = 1
await import('uvu')
uvu.UVU_INDEX = 0
uvu.UVU_QUEUE = [[file]]
await import(pathToFileURL(file).href)

const totals = { passed: 0, skipped: 0, total: 0, suites: 0 }
for (const run of (uvu.UVU_QUEUE[0] ?? []).slice(1) as SuiteRun[]) {
  const [errors, passed, skipped, total] = await run()
  if (errors !== true) process.stdout.write(`${errors}\n`)
  totals.passed += passed
  totals.skipped += skipped
  totals.total += total
  totals.suites += 1
}
await new Promise((sent) => process.send?.({ totals }, sent))
process.exit()
