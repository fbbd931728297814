import { release } from 'node:os'
import { runCommand } from './command.ts'
import type { AgentFacts } from './protocol.ts'

/** Finds out, in the agent's own namespace, what the kernel can do. Rejects where it may not even try. */
export async function detect(): Promise<AgentFacts> {
  const add = await runCommand(['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'], '')
  if (add.code === 0) await runCommand(['tc', 'qdisc', 'del', 'dev', 'lo', 'root'], '')
  else if (!/qdisc (kind is unknown|not found)/i.test(add.errors))
    throw new Error(`tc qdisc add dev lo root netem: ${add.errors.trim()}`)
  return { netem: add.code === 0, said: add.errors.trim(), versions: await versions() }
}

async function versions(): Promise<Readonly<Record<string, string>>> {
  const [tc, iptables] = await Promise.all([runCommand(['tc', '-V'], ''), runCommand(['iptables', '--version'], '')])
  return {
    kernel: release(),
    tc: /iproute2-([^\s,]+)/.exec(tc.output)?.[1] ?? tc.output.trim(),
    iptables: iptables.output.trim().replace(/^iptables v?/, ''),
  }
}
