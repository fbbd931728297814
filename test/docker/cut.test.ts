// time limit: 120 s
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import { ulid } from 'ulid'
import * as assert from 'uvu/assert'
import { openEngine, runLabels } from '../../kernel-lib/harness/docker/engine.ts'
import { nodePath } from '../../kernel-lib/harness/docker/image/base.ts'
import { baseImage } from '../../kernel-lib/harness/docker/image/ensure.ts'
import { cutWhenOver } from '../../kernel-lib/harness/docker/network/cut.ts'
import { openNetworks } from '../../kernel-lib/harness/docker/network/open.ts'
import { removeRun } from '../../kernel-lib/harness/docker/remove.ts'
import { createContainer, startContainer } from '../../kernel-lib/harness/docker/start.ts'
import { describe } from '../suite.ts'
import { leftAfter } from './left.ts'
import { engine } from './needs.ts'

const portsOf = (network: string): readonly string[] => readdirSync(`/sys/class/net/br-${network.slice(0, 12)}/brif`)

/** Two containers in both networks of a run that end when they are told; how many links they have before, when one has ended, and when both have. */
async function linksOf(): Promise<readonly number[]> {
  const docker = openEngine()
  const run = ulid()
  const { data, control } = await openNetworks(docker, run)
  const image = await baseImage(docker)
  const program = "process.stdin.once('data', () => process.exit())"
  try {
    const started = await Promise.all(
      [0, 1].map(async () => {
        const created = await createContainer(
          docker,
          {
            Image: image.id,
            Entrypoint: [nodePath, '-e', program],
            Labels: runLabels(run),
            OpenStdin: true,
            StdinOnce: true,
            AttachStdin: true,
            AttachStdout: true,
            AttachStderr: true,
            HostConfig: { NetworkMode: data.name, LogConfig: { Type: 'none', Config: {} } },
          },
          control.id,
        )
        return startContainer(created)
      }),
    )
    const count = (): number => portsOf(data.id).length + portsOf(control.id).length
    const before = count()
    const lines = started.map(({ line }) => (line as Duplex).resume())
    const cut = cutWhenOver(lines, [data.id, control.id])
    const [first, second] = lines
    first?.write('end\n')
    await once(first as Duplex, 'close')
    const between = count()
    second?.write('end\n')
    await cut
    return [before, between, count()]
  } finally {
    await removeRun(docker, run)
    assert.equal(await leftAfter(run), [])
  }
}

describe(
  'links of containers',
  (test) => {
    test('go at once when all programs have ended, and not before', async () => {
      const [before, between = Number.NaN, after] = await linksOf()
      assert.is(before, 4)
      assert.ok(between >= 2, String(between))
      assert.is(after, 0)
    })
  },
  [engine, { name: 'root', found: () => process.getuid?.() === 0 }],
)
