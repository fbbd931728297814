import * as assert from 'uvu/assert'
import image from '../../kernel-lib/harness/commands/image.ts'
import { openEngine } from '../../kernel-lib/harness/docker/engine.ts'
import { fixtures } from '../kernel-lib/run/experiment-of.ts'
import { describe } from '../suite.ts'
import { engine } from './needs.ts'

async function imageCommand(positionals: readonly string[], values = {}) {
  const lines: string[] = []
  const signal = new AbortController().signal
  const out = (line: string) => lines.push(line)
  const code = await image.run({ positionals, values, out, err: out, signal, workspace: fixtures })
  return { code, lines }
}

describe(
  'hoplab image base',
  (test) => {
    test("makes an image of this machine's Node, once", async () => {
      await imageCommand(['base'])
      const { code, lines } = await imageCommand(['base'], { json: true })
      assert.is(code, 0)
      const { schema, tag, digest, built, sizeBytes } = JSON.parse(lines.join())
      assert.is(schema, 'hoplab/image/1')
      assert.is(built, false)
      assert.is(tag, `hoplab/node:${digest.slice(0, 16)}`)
      const { Size } = await openEngine().getImage(tag).inspect()
      assert.is(Size, sizeBytes)
    })

    test('takes no other word', async () => {
      for (const words of [[], ['plan'], ['base', 'base']])
        await imageCommand(words).then(
          () => assert.unreachable(),
          (error) => assert.match(error.message, 'write hoplab image base'),
        )
    })
  },
  [engine],
)
