import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { Over, Running } from '../instances/running.ts'
import { capture } from '../output/capture.ts'
import { lastWords } from '../output/words.ts'
import { demux } from './demux.ts'
import { engineText } from './engine.ts'
import { exitOfCode } from './exit.ts'
import { go } from './gate/hold.ts'
import { closed } from './line.ts'
import type { MemoryWitness } from './memory.ts'

/** A container that is made and attached to, and not started. */
export interface Created {
  readonly container: Docker.Container
  /** What it prints, in the engine's frames; what is written is its standard input. */
  readonly line: Duplex
}

/** A container that runs, its program held. */
export interface Held extends Created {
  readonly state: 'held'
}

/** Makes a container and attaches to it before it can print. */
export async function createContainer(
  engine: Docker,
  options: Docker.ContainerCreateOptions,
  control: string,
): Promise<Created> {
  const container = await engine.createContainer(options)
  // Engines before API 1.44 take one network when a container is made.
  await engine.getNetwork(control).connect({ Container: container.id })
  const line = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
  // What a lost connection means is told by whoever asks how the container ended.
  line.on('error', () => {})
  return { container, line: line as unknown as Duplex }
}

/** Starts a container, whose program is held until it is released. */
export async function startContainer({ container, line }: Created): Promise<Held> {
  await container.start()
  return { state: 'held', container, line }
}

const firstLookMs = 20
const longestLookMs = 1000
const patienceMs = 10_000

/** Exit code of what ended by SIGKILL. */
const killedCode = 128 + 9

/** Waits for a container whose output has ended, and tells how it did. The engine's own wait is silent for ever where the engine is ended meanwhile, so it is asked again and again. Rejects when it does not answer. */
async function endOf(container: Docker.Container): Promise<{ ExitCode: number; OOMKilled: boolean }> {
  for (let lookMs = firstLookMs; ; lookMs = Math.min(lookMs * 2, longestLookMs)) {
    const { State } = await Promise.race([container.inspect(), silence()])
    if (!State.Running) return State
    await sleep(lookMs)
  }
}

async function silence(): Promise<never> {
  await sleep(patienceMs, undefined, { ref: false })
  throw new Error(`no answer within ${patienceMs / 1000} s`)
}

export interface ReleaseOptions {
  /** Folder of `stdout.log` and `stderr.log`. */
  readonly logs: string
  readonly onLine: (line: string) => void
  /** Called before `over` resolves where the kernel ended the container for its memory. */
  readonly onMemory: () => void
}

/** Lets the program of a container go; every fault of it is told by `over`. */
export function releaseContainer(
  { container, line }: Held,
  { logs, onLine, onMemory, memory }: ReleaseOptions & { readonly memory: MemoryWitness },
): Running {
  const words = lastWords()
  const { stdout, stderr } = demux(line)
  let firstLine = (): void => {}
  const spoke = new Promise<void>((resolve) => {
    firstLine = resolve
  })
  const printed = Promise.all([
    capture(stdout, `${logs}/stdout.log`, (line, cut) => {
      firstLine()
      if (!cut) onLine(line)
    }),
    capture(stderr, `${logs}/stderr.log`, (line) => words.add(line)),
  ])
  line.write(go)
  let done = false
  let killer: NodeJS.Timeout | undefined

  async function over(): Promise<Over> {
    const exit = await exitOf().catch((error) => {
      words.add(`the engine: ${engineText(error)}`)
      return null
    })
    done = true
    clearTimeout(killer)
    // A connection that was lost without a word would hold us for ever.
    await Promise.race([printed, sleep(2000, undefined, { ref: false })])
    line.destroy()
    await printed
    return { exit, lastWords: words.text() }
  }

  async function exitOf(): Promise<Over['exit']> {
    await closed(line)
    const { ExitCode: code, OOMKilled } = await endOf(container)
    const killed = code === killedCode && killer === undefined
    if (OOMKilled || (killed && (await memory.ended(container.id)))) onMemory()
    return exitOfCode(code)
  }

  const ended = over()
  return {
    pid: undefined,
    up: Promise.race([spoke, ended.then(() => {})]),
    over: ended,
    end(graceMs) {
      if (done || killer !== undefined) return
      const kill = (signal: string): void => {
        if (!done) void container.kill({ signal }).catch(() => {})
      }
      killer = setTimeout(kill, graceMs, 'SIGKILL')
      kill('SIGTERM')
    },
  }
}
