import type { Finding } from '../../harness.ts'
import { makeRoom, makeRoomCommand, neighbourLimit, roomFor } from '../network/neighbours.ts'

/** As many containers as a composition that wants hundreds may have. */
const wanted = 250

/** Looks how many containers this kernel lets speak to each other. */
export function examineNeighbours(): Finding {
  const limit = neighbourLimit()
  const base = { what: 'neighbours', blocks: false } as const
  if (limit === null) return { ...base, found: 'this kernel does not say how many it remembers', fix: null, mend: null }
  const found = `the kernel remembers ${limit}, enough for ${roomFor(limit)} containers that all speak to each other`
  if (roomFor(limit) >= wanted) return { ...base, found, fix: null, mend: null }
  return { ...base, found, fix: makeRoomCommand, mend: process.getuid?.() === 0 ? mend : null }
}

async function mend(): Promise<string> {
  makeRoom()
  return `made room for ${roomFor(neighbourLimit() ?? 0)} containers, until this machine is started anew`
}
