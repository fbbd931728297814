import { spawnSync } from 'node:child_process'

const privileges: readonly (readonly string[])[] = [['--net'], ['--user', '--map-root-user', '--net']]
const inside = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh']

/** The words that run a command in a network of its own, which has a loopback address and reaches nothing else; null where this machine or user may have none. */
export function networkApart(): readonly string[] | null {
  const all = privileges.map((words) => ['unshare', ...words, '--', ...inside])
  return all.find(([program = '', ...words]) => spawnSync(program, [...words, 'true']).status === 0) ?? null
}
