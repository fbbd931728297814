/**
 * Arguments of `iptables` that queue for the shaper all that comes in on an interface of the namespace in which it is called; IPv4 only.
 * There is no bypass: while no shaper serves the queue, nothing passes.
 */
export function queueRule(device: string, queue: number): readonly string[] {
  return ['-w', '-t', 'mangle', '-A', 'PREROUTING', '-i', device, '-j', 'NFQUEUE', '--queue-num', `${queue}`]
}
