import { detect } from './detect.ts'
import { shaperPath } from './paths.ts'
import { type Places, places } from './places.ts'
import { measureRtt, measureThroughput } from './probes.ts'
import type { Asked, Calls } from './protocol.ts'

/** Answers calls, the first of which is `hello`. A rejection's message is for people. */
export function agentCalls(onEnd: (errors: string) => void): (asked: Asked) => Promise<unknown> {
  let opened: Places | null = null

  async function hello({ seed, noShaper }: Calls['hello']['ask']): Promise<Calls['hello']['answer']> {
    const facts = await detect()
    const shaper = noShaper === null ? { file: shaperPath } : { missing: noShaper }
    opened = places({ netem: facts.netem, shaper, seed, onEnd })
    return facts
  }

  return async (asked) => {
    if (asked.call === 'hello') return hello(asked.ask)
    if (opened === null) throw new Error('the agent was not told hello')
    if (asked.call === 'enter') return opened.enter(asked.ask)
    if (asked.call === 'apply') return opened.apply(asked.ask)
    if (asked.call === 'leave') return opened.leave(asked.ask.name)
    const ends = { from: opened.find(asked.ask.from), to: opened.find(asked.ask.to) }
    return asked.call === 'rtt' ? measureRtt(ends, asked.ask) : measureThroughput(ends, asked.ask)
  }
}
