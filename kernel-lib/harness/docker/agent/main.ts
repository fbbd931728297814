// The process that configures the networks of a run's containers: takes calls on standard input, one JSON object a line,
// and answers each on standard output. It ends with its input, so that it never outlives its launcher.
import { createInterface } from 'node:readline'
import type { Answered, Asked } from './protocol.ts'
import { agentCalls } from './serve.ts'

const perform = agentCalls((errors) => {
  process.stderr.write(`the shaper ended: ${errors}\n`, () => process.exit(70))
})

createInterface({ input: process.stdin })
  .on('line', (line) => void answer(JSON.parse(line) as Asked))
  .on('close', () => process.exit(0))

async function answer(asked: Asked): Promise<void> {
  const { id } = asked
  const answered: Answered = await perform(asked).then(
    (value) => ({ id, answer: value ?? null }),
    (error: Error) => ({ id, error: error.message }),
  )
  process.stdout.write(`${JSON.stringify(answered)}\n`)
}
