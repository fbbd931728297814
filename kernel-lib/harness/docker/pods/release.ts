import type { Over, Running } from '../../instances/running.ts'
import { lastWords } from '../../output/words.ts'
import { exitOfCode } from '../exit.ts'
import type { ReleaseOptions } from '../start.ts'
import type { HeldPod, InmateEnd } from './pod.ts'
import { tail } from './tail.ts'

/** Lets the program of an instance in a pod go; every fault of it is told by `over`. */
export function releaseInmate(pod: HeldPod, inmate: number, { logs, onLine, onMemory }: ReleaseOptions): Running {
  const words = lastWords()
  let firstLine = (): void => {}
  const spoke = new Promise<void>((resolve) => {
    firstLine = resolve
  })
  const tails = [
    tail(`${logs}/stdout.log`, (line, cut) => {
      firstLine()
      if (!cut) onLine(line)
    }),
    tail(`${logs}/stderr.log`, (line) => words.add(line)),
  ]
  let done = false
  let killer: NodeJS.Timeout | undefined

  async function over(): Promise<Over> {
    const end = await pod.ended(inmate)
    done = true
    clearTimeout(killer)
    await Promise.all(tails.map((one) => one.finish()))
    if (end === null) words.add(`its pod ended before it: ${pod.lastWords() || 'nothing is known of why'}`)
    if (end?.memory) onMemory()
    return { exit: exitOf(end), lastWords: words.text() }
  }

  const ended = over()
  pod.tell({ kind: 'go', inmate })
  return {
    pid: undefined,
    up: Promise.race([spoke, ended.then(() => {})]),
    over: ended,
    end(graceMs) {
      if (done || killer !== undefined) return
      const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
        if (!done) pod.tell({ kind: 'signal', inmate, signal: name })
      }
      killer = setTimeout(signal, graceMs, 'SIGKILL')
      signal('SIGTERM')
    },
  }
}

/** What a pod held is killed with it. */
function exitOf(end: InmateEnd): Over['exit'] {
  return end === null ? { code: null, signal: 'SIGKILL' } : exitOfCode(end.code)
}
