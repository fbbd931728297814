import { readFileSync, writeFileSync } from 'node:fs'

/** Where Linux says how many neighbours (addresses of one link, with their hardware addresses) it remembers in all network namespaces together. */
const limitFile = '/proc/sys/net/ipv4/neigh/default/gc_thresh3'
/** Room for 250 containers that all speak to each other. */
const roomyLimit = 65_536

/** How many neighbours this kernel remembers in all; null where it does not say. */
export function neighbourLimit(): number | null {
  try {
    return Number(readFileSync(limitFile, 'utf8'))
  } catch {
    return null
  }
}

/** How many containers can all speak to each other on two networks before the kernel forgets one for another, and they find each other no more (EHOSTUNREACH). */
export function roomFor(limit: number): number {
  return Math.floor(Math.sqrt(limit))
}

/** The command that makes room. */
export const makeRoomCommand = `sysctl -w net.ipv4.neigh.default.gc_thresh3=${roomyLimit}`

/** Makes room. @throws Error where this user may not. */
export function makeRoom(): void {
  writeFileSync(limitFile, String(roomyLimit))
}

/** What to tell of a run of so many containers that the kernel cannot remember who they are; null where it can. */
export function tellCrowd(containers: number, limit = neighbourLimit()): string | null {
  if (limit === null || containers <= roomFor(limit)) return null
  return `this kernel remembers ${limit} neighbours, enough for ${roomFor(limit)} containers that all speak to each other, and these are ${containers}: some may not reach others (EHOSTUNREACH); hoplab healthcheck --runner docker --fix makes room`
}
