import { join } from 'node:path'
import type { LinkShape } from '../../composition/spec.ts'
import { memberEnvironment, runEnvironment, type SessionFacts } from '../instances/environment.ts'
import type { Member } from '../instances/members.ts'
import { addressOf, subnet } from './address.ts'

/** Variables of the launcher that programs may see; a run must not depend on others, and they may hold secrets. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'] as const

/** Variables that all processes of a session share, Testground's and ours. */
export function sharedEnvironment(facts: SessionFacts): Record<string, string> {
  const own = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return {
    ...own,
    TMPDIR: facts.temp,
    ...runEnvironment(facts, subnet),
    ...networkEnvironment(facts.spec.network),
    HOPLAB_LAUNCHER: String(process.pid),
  }
}

/** How programs are to shape what they send; nothing where they are to leave it as it is. */
export function networkEnvironment(network: LinkShape | null): Record<string, string> {
  const { latencyMs = 0, jitterMs = 0, bandwidthBps = 0 } = network ?? {}
  const shaped = [latencyMs, jitterMs, bandwidthBps].some((value) => value > 0)
  return shaped ? { HOPLAB_NETWORK: JSON.stringify({ latencyMs, jitterMs, bandwidthBps }) } : {}
}

/** Variables of one instance among processes. */
export function instanceEnvironment(member: Member, { folder }: SessionFacts): Record<string, string> {
  const outputs = join(folder, member.group.id, String(member.index))
  return memberEnvironment(member, { outputs, address: addressOf(member.seq) })
}
