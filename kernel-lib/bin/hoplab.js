#!/usr/bin/env node
import { existsSync } from 'node:fs'

const compiled = new URL('../dist/cli/main.js', import.meta.url)
if (!existsSync(compiled)) {
  console.error('hoplab: it is not built here; run npm run build')
  process.exit(3)
}
const { main } = await import(compiled.href)

const interrupted = new AbortController()
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort(new Error(name)))

// Leaving by exitCode lets a piped reader have every line; a closed pipe (| head) is no error of ours.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await main(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  signal: interrupted.signal,
})
