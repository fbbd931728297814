import { execFileSync } from 'node:child_process'
import type { Need } from '../suite.ts'

let found: boolean | undefined

/** A Docker engine that answers. */
export const engine: Need = {
  name: 'docker',
  found: () => {
    found ??= answers()
    return found
  },
}

function answers(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}
