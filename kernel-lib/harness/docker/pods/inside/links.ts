import { networkInterfaces } from 'node:os'
import type { Inmate } from './messages.ts'

/** What makes the links of instances, as ip(8) reads it: each a macvlan of the pod's own interface, made where the instance's process is. */
export function linkLines(inmates: readonly Inmate[], pids: readonly number[]): string {
  const lines = inmates.flatMap(({ links }, number) =>
    links.map(
      ({ device, subnet, address }) =>
        `link add link ${deviceIn(subnet)} name ${device} netns ${pids[number]} address ${hardwareAddress(address)} type macvlan mode bridge`,
    ),
  )
  return [...lines, ''].join('\n')
}

/** A hardware address that no other has where no other has the address, made as the engine makes them. */
function hardwareAddress(address: string): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  return ['02', '42', ...bytes].join(':')
}

/** The pod's own interface in a subnet. */
function deviceIn(subnet: string): string {
  for (const [device, addresses] of Object.entries(networkInterfaces()))
    if (addresses?.some(({ cidr }) => cidr !== null && networkOf(cidr) === networkOf(subnet))) return device
  throw new Error(`the pod has no interface in ${subnet}`)
}

function networkOf(cidr: string): string {
  const [address = '', bits = ''] = cidr.split('/')
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return `${value - (value % 2 ** (32 - Number(bits)))}/${bits}`
}
