import { type ChildProcess, spawn } from 'node:child_process'
import type { Server } from 'node:net'
import { AbsentError } from '../../../errors.ts'
import { type CommandLine, ownModule } from '../../machine/own.ts'
import { lastWords } from '../../output/words.ts'
import type { HolderAnswer, HolderRequest } from './holder.ts'
import { findWay, type Way } from './way.ts'

/** A network of a run's own on this machine, in which nothing is but loopback: what its programs open on every address nobody else sees. */
export interface Namespace {
  /** The command line that starts a program in it. */
  enter(program: CommandLine): CommandLine
  /** A server of this process that listens on its loopback address; port 0 is a free one. */
  listen(port: number): Promise<Server>
  /** Lets go of it: it ends with the last of its processes. */
  close(): Promise<void>
}

/**
 * Makes a network namespace.
 *
 * @throws AbsentError where this machine gives none.
 */
export async function openNamespace(): Promise<Namespace> {
  const way = await findWay()
  return namespaceOf(await hold(way), way)
}

/** Starts a holder; resolves when its loopback interface is up. */
function hold({ make }: Way): Promise<ChildProcess> {
  const { command, args } = ownModule(new URL('./holder.ts', import.meta.url))
  const holder = spawn('unshare', [...make, command, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '' },
  })
  const words = lastWords()
  holder.stderr?.on('data', (bytes) => words.add(String(bytes)))
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new AbsentError(`exec has no network namespace for the run: ${why}`))
    holder.once('error', ({ message }) => fail(message))
    holder.once('exit', (code) => fail(words.text() || `its holder ended with code ${code}`))
    holder.once('message', (answer) => {
      const told = answer as HolderAnswer
      if ('ready' in told) return resolve(holder)
      fail(told.failed ?? '')
      holder.disconnect()
    })
  })
}

function namespaceOf(holder: ChildProcess, { enter }: Way): Namespace {
  const asked = new Map<number, (answer: HolderAnswer, server: Server) => void>()
  holder.on('message', (message, server) => {
    const answer = message as HolderAnswer
    if (!('id' in answer)) return
    asked.get(answer.id)?.(answer, server as Server)
    asked.delete(answer.id)
  })
  const over = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
  let next = 0
  return {
    enter: ({ command, args }) => ({
      command: 'nsenter',
      args: [`--target=${holder.pid}`, ...enter, '--', command, ...args],
    }),
    listen(port) {
      next += 1
      const request: HolderRequest = { id: next, port }
      return new Promise((resolve, reject) => {
        asked.set(request.id, (answer, server) => {
          if ('failed' in answer && answer.failed !== null) reject(new Error(answer.failed))
          else resolve(server)
        })
        void over.then(() => reject(new Error('the network namespace of the run is gone')))
        holder.send(request)
      })
    },
    async close() {
      if (holder.connected) holder.disconnect()
      await over
    },
  }
}
