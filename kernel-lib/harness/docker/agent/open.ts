import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import { lastWords } from '../../output/words.ts'
import { demux } from '../demux.ts'
import { labels, runLabels } from '../engine.ts'
import { extensionFolder } from '../image/tools.ts'
import type { AgentImage } from './image.ts'
import type { AgentFacts, Answered, Call, Calls } from './protocol.ts'

/** The process in a container that configures the networks of a run's containers. */
export interface Agent {
  readonly facts: AgentFacts
  /** Rejects with what the agent says, or with how it ended. */
  ask<K extends Call>(call: K, ask: Calls[K]['ask']): Promise<Calls[K]['answer']>
  /** Resolves when it has ended unasked, with how. */
  readonly lost: Promise<string>
  /** From now on its end is wanted. */
  leave(): void
}

export interface AgentOptions {
  readonly run: string
  readonly image: AgentImage
  readonly seed: number
}

/** Starts the agent of a run and waits until it takes calls. */
export async function openAgent(engine: Docker, { run, image, seed }: AgentOptions): Promise<Agent> {
  const container = await engine.createContainer(agentOptions(run, image))
  const line = (await container.attach({
    stream: true,
    stdin: true,
    stdout: true,
    stderr: true,
    hijack: true,
  })) as unknown as Duplex
  line.on('error', () => {})
  const talk = conversation(line)
  await container.start()
  const facts = await talk.ask('hello', { seed, noShaper: image.noShaper })
  return { facts, ...talk }
}

function agentOptions(run: string, image: AgentImage): Docker.ContainerCreateOptions {
  return {
    name: `hoplab-${run}-agent`,
    Image: image.id,
    Cmd: [...image.command],
    Env: [`XTABLES_LIBDIR=${extensionFolder}`],
    Labels: { ...runLabels(run), [labels.part]: 'agent' },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      NetworkMode: 'none',
      PidMode: 'host',
      LogConfig: { Type: 'none', Config: {} },
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_NICE'],
      // Profiles of the host keep a container from the namespaces of others.
      SecurityOpt: ['apparmor=unconfined', 'label=disable', 'no-new-privileges'],
    },
  }
}

type Talk = Pick<Agent, 'ask' | 'lost' | 'leave'>

interface Asker {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

function conversation(line: Duplex): Talk {
  const { stdout, stderr } = demux(line)
  const words = lastWords()
  const askers = new Map<number, Asker>()
  let last = 0
  let wanted = false
  let over: string | null = null
  let lose = (_: string): void => {}
  const lost = new Promise<string>((resolve) => {
    lose = resolve
  })
  createInterface({ input: stderr }).on('line', (text) => words.add(text))
  createInterface({ input: stdout })
    .on('line', (text) => {
      const answered = JSON.parse(text) as Answered
      const asker = askers.get(answered.id)
      askers.delete(answered.id)
      if ('error' in answered) asker?.reject(new Error(answered.error))
      else asker?.resolve(answered.answer as never)
    })
    .on('close', () => {
      over = `the network agent ended: ${words.text().trim() || 'it said nothing'}`
      for (const { reject } of askers.values()) reject(new Error(over))
      askers.clear()
      if (!wanted) lose(over)
    })
  return {
    lost,
    ask(call, ask) {
      if (over !== null) return Promise.reject(new Error(over))
      last += 1
      const id = last
      line.write(`${JSON.stringify({ id, call, ask })}\n`)
      return new Promise((resolve, reject) => askers.set(id, { resolve, reject }))
    },
    leave() {
      wanted = true
      line.end()
    },
  }
}
