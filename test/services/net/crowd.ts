import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { queueRule } from '../../../kernel-lib/network/shaper/rule.ts'
import { inNamespace, type Namespace, openNamespace } from './namespace.ts'

/** Many namespaces on one bridge: one that can be asked, and others in which nothing runs. */
export interface Crowd {
  readonly asker: Namespace
  readonly others: readonly { readonly path: string; readonly address: string }[]
  readonly close: () => Promise<void>
}

/** Namespaces on the addresses 16.9.1.0, 16.9.1.1, …, and one that can be asked on 16.9.0.1; all queue what comes in. */
export async function openCrowd(size: number): Promise<Crowd> {
  const hub = await openNamespace()
  const asker = await openNamespace()
  const holders = await Promise.all(Array.from({ length: size }, hold))
  hub.run('ip', ['link', 'add', 'br0', 'type', 'bridge'])
  hub.run('ip', ['link', 'set', 'br0', 'up'])
  const pids = [asker.pid, ...holders.map(({ pid }) => pid)]
  const wires = pids.flatMap((pid, at) => [
    `link add name v${at} type veth peer name eth1 netns ${pid}`,
    `link set dev v${at} master br0 up`,
  ])
  hub.run('ip', ['-batch', '-'], wires.join('\n'))
  const addresses = holders.map((_, at) => `16.9.${1 + (at >> 8)}.${at & 255}`)
  for (const [at, pid] of pids.entries()) settle(pid, at === 0 ? '16.9.0.1' : (addresses[at - 1] ?? ''))
  return {
    asker,
    others: holders.map(({ pid }, at) => ({ path: `/proc/${pid}/ns/net`, address: addresses[at] ?? '' })),
    close: async () => {
      await Promise.all([hub.close(), asker.close(), ...holders.map(({ close }) => close())])
    },
  }
}

/** A process that keeps a namespace and ends with us, whatever ends us. */
async function hold() {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'echo here; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    pid: child.pid ?? 0,
    close: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

function settle(pid: number, address: string): void {
  const commands = `ip address add ${address}/16 dev eth1 && ip link set eth1 up && iptables ${queueRule('eth1', 0).join(' ')}`
  inNamespace(pid, ['sh', '-c', commands])
}
