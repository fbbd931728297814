import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type Docker from 'dockerode'
import { type Range, rangeOf } from './subnets.ts'

/** Every range that this machine uses: the engine's networks, its own routes (the default one aside) and its addresses. */
export async function takenRanges(engine: Docker): Promise<readonly Range[]> {
  const [networks, routes] = await Promise.all([
    engine.listNetworks(),
    readFile('/proc/net/route', 'latin1').catch(() => ''),
  ])
  const pools = networks.flatMap(({ IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet }) => rangeOf(Subnet ?? '') ?? []),
  )
  const own = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ cidr }) => rangeOf(cidr ?? '') ?? []),
  )
  return [...pools, ...routeRanges(routes), ...own]
}

/** Ranges of the routes in `/proc/net/route`, the default one aside. */
export function routeRanges(table: string): readonly Range[] {
  return tableRoutes(table).map(({ range }) => range)
}

/** The routes in `/proc/net/route` with their interfaces, the default one aside. Its numbers are in the byte order of the machine: little-endian wherever Node runs today but on s390x. */
export function tableRoutes(table: string): readonly { readonly device: string; readonly range: Range }[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [device = '', destination = '', , , , , , mask = ''] = line.split('\t')
      if (mask === '' || mask === '00000000') return []
      const first = numberOf(destination)
      return [{ device, range: { first, last: first + (0xffffffff - numberOf(mask)) } }]
    })
}

function numberOf(hex: string): number {
  return Buffer.from(hex, 'hex').readUInt32LE()
}
