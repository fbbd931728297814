import { readManifest } from '../../../kernel-lib/composition/manifest-file.ts'
import type { Overrides } from '../../../kernel-lib/composition/overrides.ts'
import { readComposition } from '../../../kernel-lib/composition/read.ts'
import { type Resolved, resolve } from '../../../kernel-lib/composition/resolve.ts'

/** A plan small enough to read: what the facts about compositions are told on. */
export const toyManifest = `
name = "toy"
program = "toy"
versions = ["next"]

[[testcases]]
name = "find"
instances = { min = 2, max = 50 }
roles = ["seeder"]

  [testcases.params]
  alpha = { type = "int", desc = "parallel requests", default = 3, min = 1, max = 20 }
  walk = { type = "bool", default = "false" }
  mode = { type = "string", values = ["fast", "slow"], default = "fast" }
  ratio = { type = "float", default = 0.5 }

[[testcases]]
name = "wait"
instances = { min = 1, max = 50 }

  [testcases.params]
  timeout_secs = { type = "int", default = 900 }
  must = { type = "int" }
`

export const toy = readManifest(toyManifest, 'manifest.toml').manifest

/** Resolves the text of a composition against the toy plan. */
export function resolveToy(text: string, overrides: Overrides = {}): Resolved {
  return resolve(readComposition(text, { file: 'c.toml', env: {}, resource: () => '' }), toy, overrides)
}

/** The message that an action is refused with; fails when it is not. */
export function refusal(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if ((error as Error).name !== 'InputError') throw error
    return (error as Error).message
  }
  throw new Error('was not refused')
}
