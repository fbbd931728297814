// time limit: 120 s
import { ulid } from 'ulid'
import * as assert from 'uvu/assert'
import { openEngine, runLabels } from '../../kernel-lib/harness/docker/engine.ts'
import { nodePath } from '../../kernel-lib/harness/docker/image/base.ts'
import { baseImage } from '../../kernel-lib/harness/docker/image/ensure.ts'
import { memoryWitness } from '../../kernel-lib/harness/docker/memory.ts'
import { removeRun } from '../../kernel-lib/harness/docker/remove.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

const greedy = 'const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1))'
const suicidal = "process.kill(process.pid, 'SIGKILL')"

/** Runs programs to their ends, each in a container with little memory; the kernel's witness and the exit code of each. */
async function endsOf(programs: readonly string[]): Promise<readonly { code: number; memory: boolean }[]> {
  const docker = openEngine()
  const run = ulid()
  const image = await baseImage(docker)
  const witness = memoryWitness(docker, run)
  try {
    return await Promise.all(
      programs.map(async (program) => {
        const container = await docker.createContainer({
          Image: image.id,
          Entrypoint: [nodePath, '-e', program],
          Labels: runLabels(run),
          HostConfig: { Init: true, NetworkMode: 'none', Memory: 96 << 20, MemorySwap: 96 << 20 },
        })
        await container.start()
        const { StatusCode: code } = await container.wait()
        return { code, memory: await witness.ended(container.id) }
      }),
    )
  } finally {
    await removeRun(docker, run)
    assert.equal(await leftAfter(run), [])
  }
}

describe(
  'the witness of memory',
  (test) => {
    test('tells what the kernel ended for its memory from what was killed, whatever the engine heard', async () => {
      const killed = { code: 137, memory: false }
      const ended = { code: 137, memory: true }
      assert.equal(await endsOf([greedy, suicidal, greedy, suicidal]), [ended, killed, ended, killed])
    })
  },
  [engine],
)
