import { rangeOf } from '../network/subnets.ts'
import type { Address } from './network.ts'
import { subnetOf } from './routes.ts'

/** An address as messages give it: `16.0.1.1/12`, `16.0.1.1` with the prefix that is given here, or Go's old `{ IP, Mask }` with the mask's bytes in base64. Null for anything else. */
export function readAddress(value: unknown, defaultPrefix: number): Address | null {
  const text = typeof value === 'string' ? value : goText(value)
  if (text === null) return null
  const [address = '', bits = String(defaultPrefix)] = text.split('/')
  const found = rangeOf(`${address}/${bits}`)
  return found === null || !/^\d+$/.test(bits) ? null : { address, prefix: Number(bits) }
}

/** A subnet as messages give it, without bits below its prefix. */
export function readSubnet(value: unknown): string | null {
  const found = readAddress(value, 32)
  return found === null ? null : subnetOf(found)
}

function goText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const { IP, Mask } = value as Readonly<Record<string, unknown>>
  if (typeof IP !== 'string' || typeof Mask !== 'string') return null
  const bits = [...Buffer.from(Mask, 'base64')].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  // Go gives masks of IPv4 in 4 bytes, or in 16 after 12 of ones.
  const mask = bits.length === 128 ? bits.slice(96) : bits
  return /^1*0*$/.test(mask) && mask.length === 32 ? `${IP}/${mask.replace(/0/g, '').length}` : null
}
