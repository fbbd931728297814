import type { Multiaddr } from '@multiformats/multiaddr'

/** Host and port of an address `/ip4/…/tcp/…`. */
export function placeOf(address: Multiaddr): { readonly host: string; readonly port: number } {
  const [, , host, , port] = address.toString().split('/')
  return { host: host ?? '', port: Number(port) }
}
