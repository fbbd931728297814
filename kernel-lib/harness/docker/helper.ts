import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import { demux } from './demux.ts'
import { labels, runLabels } from './engine.ts'
import { nodePath } from './image/base.ts'
import { baseImage } from './image/ensure.ts'

/** A container of a run in which root does what the user of this process may not. It ends with this process, and is removed with its run. */
export interface Helper {
  /** Resolves to the line that answers a line; to null where the helper has ended. */
  ask(line: string): Promise<string | null>
}

export interface HelperOptions {
  readonly run: string
  /** What it is called among the run's containers. */
  readonly part: string
  /** Script for Node that answers each line of standard input with one of standard output, in their order. */
  readonly program: string
  readonly args?: readonly string[]
  /** The engine's words for what it may do and sees. */
  readonly may: Pick<Docker.HostConfig, 'CapAdd' | 'Devices' | 'Mounts'>
}

/** Starts a helper. */
export async function startHelper(
  engine: Docker,
  { run, part, program, args = [], may }: HelperOptions,
): Promise<Helper> {
  const image = await baseImage(engine)
  const container = await engine.createContainer({
    name: `hoplab-${run}-${part}`,
    Image: image.id,
    Entrypoint: [nodePath, '-e', program, ...args],
    Cmd: [],
    Labels: { ...runLabels(run), [labels.part]: part },
    User: '0:0',
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: 'none',
      LogConfig: { Type: 'none', Config: {} },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ...may,
    },
  })
  const line = (await container.attach({ stream: true, stdin: true, stdout: true, hijack: true })) as unknown as Duplex
  line.on('error', () => {})
  await container.start()
  return helperOn(line)
}

function helperOn(line: Duplex): Helper {
  const asked: ((answer: string | null) => void)[] = []
  const { stdout, stderr } = demux(line)
  stderr.resume()
  let over = false
  createInterface({ input: stdout })
    .on('line', (answer) => asked.shift()?.(answer))
    .on('close', () => {
      over = true
      for (const resolve of asked.splice(0)) resolve(null)
    })
  return {
    ask(text) {
      if (over) return Promise.resolve(null)
      return new Promise((resolve) => {
        asked.push(resolve)
        line.write(`${text}\n`)
      })
    },
  }
}
