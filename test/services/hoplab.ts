// The hoplab command from source, to be started and killed: node hoplab.ts WORDS.
import { main } from '../../kernel-lib/cli/main.ts'

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.exitCode = await main(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  signal: interrupted.signal,
})
if (process.env.HOPLAB_TELL_MEMORY) console.error(`peak ${process.resourceUsage().maxRSS * 1024} bytes`)
