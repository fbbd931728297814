import { execFileSync } from 'node:child_process'
import type { Need } from '../../suite.ts'

const runs = (file: string, args: readonly string[]): boolean => {
  try {
    execFileSync(file, args, { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

/** Network namespaces that we may make and configure, with netfilter's queues in them. */
export const namespaces: Need = {
  name: 'network namespaces with iptables',
  found: () =>
    runs('unshare', [
      '--net',
      'sh',
      '-c',
      'ip link set lo up && iptables -w -t mangle -A PREROUTING -i lo -j NFQUEUE --queue-num 0',
    ]),
}

/** A C compiler. */
export const compiler: Need = { name: 'cc', found: () => runs('cc', ['--version']) }
