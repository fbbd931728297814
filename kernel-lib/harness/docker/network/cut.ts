import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { runCommand } from '../agent/command.ts'
import { closed } from '../line.ts'

/** Groups of interfaces that nobody else uses: low ones are named in /etc/iproute2/group. */
const groups = { from: 2 ** 16, below: 2 ** 31 }

/** Deletes all interfaces that join containers to networks, in one request to the kernel: it then waits once for all of them to be let go of, and not for one after the other as where the engine removes them. It spares the engine work and no more: where this process may not, or the engine runs elsewhere, nothing happens. */
export async function cutLinks(networks: readonly string[]): Promise<void> {
  const links = (await Promise.all(networks.map(linksOf))).flat()
  if (links.length === 0) return
  const group = randomInt(groups.from, groups.below)
  const lines = [...links.map((name) => `link set dev ${name} group ${group}`), `link delete group ${group}`]
  await runCommand(['ip', '-force', '-batch', '-'], `${lines.join('\n')}\n`)
}

/** Names of the interfaces that are joined to a network's bridge, as the engine calls it where nobody names it. */
function linksOf(network: string): Promise<readonly string[]> {
  return readdir(`/sys/class/net/br-${network.slice(0, 12)}/brif`).catch(() => [])
}

/** Cuts the links of a session's containers as soon as all of them have ended, which their lines tell before the engine does: it takes the networks of one after the other away, and the others wait. */
export async function cutWhenOver(lines: readonly Duplex[], networks: readonly string[]): Promise<void> {
  await Promise.all(lines.map(closed))
  await cutLinks(networks)
}
