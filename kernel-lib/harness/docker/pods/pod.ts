import type { Duplex } from 'node:stream'
import { splitLines } from '../../output/lines.ts'
import { lastWords } from '../../output/words.ts'
import { demux } from '../demux.ts'
import type { Created } from '../start.ts'
import type { PodSpec, Said, Told } from './inside/messages.ts'

/** How an instance of a pod ended, or null where its pod did before it. */
export type InmateEnd = Extract<Said, { kind: 'ended' }> | null

/** A pod whose instances are made and held. */
export interface HeldPod {
  /** Whether each instance's memory is bounded by itself. */
  readonly bounded: boolean
  /** Resolves to the folder in `/proc` of a process in an instance's namespaces, as this machine sees it. */
  proc(inmate: number): Promise<string>
  tell(told: Told): void
  /** Never rejects. */
  ended(inmate: number): Promise<InmateEnd>
  /** The last that the pod itself wrote to standard error. */
  lastWords(): string
}

/** Starts a pod, and resolves when all its instances are made. Rejects with what it said where it could not make them. */
export async function startPod({ container, line }: Created, spec: PodSpec): Promise<HeldPod> {
  const words = lastWords()
  const ends = new Map<number, (end: InmateEnd) => void>()
  const ended = spec.inmates.map((_, inmate) => new Promise<InmateEnd>((resolve) => ends.set(inmate, resolve)))
  const tell = (told: Told): void => void line.write(`${JSON.stringify(told)}\n`)
  const held = new Promise<Extract<Said, { kind: 'held' }>>((resolve, reject) => {
    hear(line, words.add, (said) => {
      if (said.kind === 'held') resolve(said)
      else ends.get(said.inmate)?.(said)
    }).finally(() => {
      for (const end of ends.values()) end(null)
      reject(new Error(`a pod could not make its instances: ${words.text() || 'it ended'}`))
    })
  })
  held.catch(() => {})
  await container.start()
  tell({ kind: 'begin', spec })
  const { bounded, pids } = await held
  let inspected: ReturnType<typeof container.inspect> | null = null
  return {
    bounded,
    async proc(inmate) {
      inspected ??= container.inspect()
      const { State } = await inspected
      return `/proc/${State.Pid}/root/proc/${pids[inmate]}`
    },
    tell,
    ended: (inmate) => ended[inmate] ?? Promise.resolve(null),
    lastWords: words.text,
  }
}

/** Hears a pod until its line is closed. */
async function hear(line: Duplex, onWord: (word: string) => void, onSaid: (said: Said) => void): Promise<void> {
  const { stdout, stderr } = demux(line)
  const said = splitLines((text) => onSaid(JSON.parse(text) as Said))
  const words = splitLines(onWord)
  stdout.on('data', said.push).on('end', said.end)
  stderr.on('data', words.push).on('end', words.end)
  await new Promise<void>((resolve) => {
    line.once('close', () => resolve())
  })
}
