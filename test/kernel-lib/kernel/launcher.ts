// Runs the notebook that NOTEBOOK names and prints what its cells print: a launcher that a test can kill.
import { executeNotebook } from '../../../kernel-lib/kernel/execute/execute.ts'

await executeNotebook(process.env.NOTEBOOK ?? '', {
  onProgress(event) {
    if (event.kind === 'output' && event.message.type === 'stream') process.stdout.write(event.message.content.text)
  },
})
