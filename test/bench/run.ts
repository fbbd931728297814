// npm run bench -- NAME: runs test/bench/NAME.ts.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench } from './parts/bench.ts'

async function load(name: string): Promise<Bench> {
  return (await import(join(import.meta.dirname, `${name}.ts`))).default as Bench
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .filter((name) => name !== 'run')
  .sort()
const [wanted = '', ...args] = process.argv.slice(2)
if (names.includes(wanted)) {
  await (await load(wanted)).run(args)
} else {
  console.error(wanted === '' ? 'name a bench:' : `there is no bench "${wanted}"; there are:`)
  for (const name of names) console.error(`  ${name}  ${(await load(name)).about}`)
  process.exitCode = 2
}
