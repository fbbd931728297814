import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunSpec } from '../../../composition/spec.ts'
import type { Plan } from '../../harness.ts'

const ours = '@hoplab/sdk'
const testground = '@testground/sdk'

/** Whether a run's networks are to be configured: for a shape that the composition gives, or because the program may ask. Programs on our own sdk have no words for it. */
export function needsSidecar({ network }: RunSpec, { folder }: Plan): boolean {
  const { dependencies = {} } = manifestIn(folder)
  return network !== null || !(ours in dependencies) || testground in dependencies
}

function manifestIn(folder: string): { readonly dependencies?: Readonly<Record<string, string>> } {
  const file = join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
