/** A range of IPv4 addresses, both ends included. */
export interface Range {
  readonly first: number
  readonly last: number
}

/** The range of a subnet as `10.1.0.0/16`; null for what is no IPv4 subnet. */
export function rangeOf(subnet: string): Range | null {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d+)$/.exec(subnet) ?? []
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !(part <= 255)) || Number(bits) > 32) return null
  const size = 2 ** (32 - Number(bits))
  const value = parts.reduce((sum, part) => sum * 256 + part, 0)
  const first = value - (value % size)
  return { first, last: first + size - 1 }
}

/** Whether a subnet overlaps nothing taken. */
export function isFree(subnet: string, taken: readonly Range[]): boolean {
  const range = rangeOf(subnet)
  return range !== null && !taken.some(({ first, last }) => first <= range.last && range.first <= last)
}

/** The first candidate that overlaps nothing taken; null where there is none. */
export function firstFree(candidates: readonly string[], taken: readonly Range[]): string | null {
  return candidates.find((candidate) => isFree(candidate, taken)) ?? null
}

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** Subnets for instances, each /16 as Testground's plans compute addresses: of the private ranges. */
export const dataCandidates: readonly string[] = [
  ...numbers(64, 255).map((second) => `10.${second}.0.0/16`),
  ...numbers(0, 63).map((second) => `10.${second}.0.0/16`),
  ...numbers(16, 31).map((second) => `172.${second}.0.0/16`),
]

/** Subnets between instances and the launcher, room for 2,000: of the range for benchmarks, then of the private ones. */
export const controlCandidates: readonly string[] = [
  ...numbers(18, 19).flatMap((second) => eights(`198.${second}`)),
  ...eights('192.168'),
]

function eights(prefix: string): readonly string[] {
  return numbers(0, 31).map((at) => `${prefix}.${at * 8}.0/21`)
}

/** Address that the instance at position `seq` (from 1) starts with: `10.64.128.1` for the first, in the upper half of the subnet, because plans of Testground give themselves addresses from `10.64.1.1` on. */
export function addressIn(subnet: string, seq: number): string {
  const [a, b] = subnet.split('.')
  return `${a}.${b}.${128 + (seq >> 8)}.${seq & 255}`
}

/** Instances that have an address of their own in a control subnet. */
export const mostControlled = 1022

/** Address in a control subnet of the instance at position `seq` (from 1) that shares a container: in the upper half, which the engine gives to nothing while there are fewer containers than half of it. */
export function controlAddressIn(subnet: string, seq: number): string {
  const [a, b, c] = subnet.split('.').map(Number)
  return `${a}.${b}.${(c ?? 0) + 4 + (seq >> 8)}.${seq & 255}`
}

/** Address that the machine itself has in a subnet. */
export function gatewayIn(subnet: string): string {
  return subnet.replace(/\d+\/\d+$/, '1')
}
