import type { Holes } from './holes.ts'

/** Kinds of requests and handles that are always there and change nothing. */
const known = new Set(['TTYWrap', 'PipeWrap', 'FileHandle', 'CloseReq', 'Immediate', 'Timeout'])

/** Whether work is out that nobody awaits in order, as of a module that is being loaded or an addon; each kind is told once as a hole. Time stands meanwhile. */
export function strangersHere(holes: Holes): () => boolean {
  const baseline = new Set(process.getActiveResourcesInfo())
  const told = new Set<string>()
  return () => {
    let any = false
    for (const name of process.getActiveResourcesInfo()) {
      if (known.has(name) || baseline.has(name) || name.endsWith('Wrap')) continue
      any = true
      if (told.has(name)) continue
      told.add(name)
      holes.found(name)
    }
    return any
  }
}
